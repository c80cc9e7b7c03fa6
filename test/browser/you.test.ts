// One's own account, in each of the three languages: sessions seen and ended, and a second factor set up from the QR code to
// the printed recovery codes.
import { Secret, TOTP } from 'otpauth';
import t from 'tap';
import { openBrowser, openPage, overflowOf, signInAs, violationsOf } from '../support/browser.ts';
import { Client } from '../support/client.ts';
import { startTestGateway, startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';

const SPOKEN = {
  ar: {
    title: 'حسابك',
    enrol: 'إعداد',
    confirm: 'تأكيد',
    kept: 'حفظتُها',
    active: 'سارٍ',
    end: 'إنهاء الجلسة',
  },
  en: {
    title: 'Your account',
    enrol: 'Set up',
    confirm: 'Confirm',
    kept: 'I have kept them',
    active: 'In force',
    end: 'End session',
  },
  fr: {
    title: 'Votre compte',
    enrol: 'Configurer',
    confirm: 'Confirmer',
    kept: 'Je les ai gardés',
    active: 'En vigueur',
    end: 'Terminer la session',
  },
} as const;

await t.test('one’s own account', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const browser = await openBrowser(t);

  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(language, async (t) => {
      const elsewhere = await colleague(db, baseUrl, language, 'approver', { billerCode: 'om-social' });
      const lost = await colleague(db, baseUrl, `${language}-lost`, 'support');
      const opened = await openPage(browser, baseUrl, { locale: language, expected: /status of (401|422)/ });
      const { page, faults } = opened;
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      await signInAs(opened, baseUrl, await session(db, language));
      await page.goto('/console/you');
      await page.waitForSelector('tbody tr');
      t.equal(await page.textContent('h1'), spoken.title);
      t.equal(await page.locator('tbody tr').count(), 2);
      t.same(await violationsOf(page), []);

      await page
        .locator('tbody tr', { hasNot: page.locator('.state') })
        .getByRole('button')
        .click();
      t.equal(await page.textContent('dialog h2'), spoken.end);
      t.same(await violationsOf(page), [], 'also with the question open');
      await page.locator('dialog').getByRole('button', { name: spoken.end }).click();
      await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
      t.equal((await elsewhere.send('GET', '/v1/sessions/current')).code, 'unauthenticated');
      t.equal((await lost.send('GET', '/v1/sessions/current')).code, 'ok', 'nobody else’s');

      await button(spoken.enrol).click();
      await page.waitForSelector('.qr');
      t.same(await violationsOf(page), []);
      const secret = await page.innerText('.enrol .code');
      await page.fill('.enrol input', '000000');
      await button(spoken.confirm).click();
      await page.waitForSelector('[role=alert]');
      await page.fill('.enrol input', new TOTP({ secret: Secret.fromBase32(secret) }).generate());
      await button(spoken.confirm).click();
      await page.locator('.recovery li').first().waitFor();
      t.ok((await page.locator('.recovery li').count()) >= 8);
      t.same(await violationsOf(page), []);
      await page.emulateMedia({ media: 'print' });
      t.equal(await page.locator('.panel:visible').count(), 1, 'the codes are printed alone');
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 360, height: 700 });
      t.equal(await overflowOf(page), 0, 'nothing is pushed sideways at 360 px');
      await button(spoken.kept).click();
      await page.getByText(spoken.active, { exact: true }).waitFor();
      t.equal(await page.locator('.recovery').count(), 0, 'they are shown once');
      t.same(faults, []);
      await page.context().close();
    });

  await t.test('where one is required, whoever has none is led to it', async (t) => {
    const strict = await startTestGateway(t, world, { WASIT_SECOND_FACTOR: 'required' });
    await colleague(db, strict.baseUrl, 'new', 'support');
    const opened = await openPage(browser, strict.baseUrl, { expected: /status of (401|403)/ });
    await signInAs(opened, strict.baseUrl, await session(db, 'new'));
    await opened.page.goto('/console/');
    await opened.page.click('.blank a');
    await opened.page.waitForURL(/\/console\/you$/);
    await opened.page.getByRole('button', { name: SPOKEN.en.enrol }).waitFor();
    await opened.page.context().close();
  });

  await t.test('out of everywhere', async (t) => {
    await colleague(db, baseUrl, 'leaver', 'support');
    const token = await session(db, 'leaver');
    const opened = await openPage(browser, baseUrl);
    await signInAs(opened, baseUrl, token);
    await opened.page.goto('/console/you');
    await opened.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await opened.page.locator('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await opened.page.waitForSelector('.gate');
    t.equal((await new Client(baseUrl, token).send('GET', '/v1/sessions/current')).code, 'unauthenticated');
    await opened.page.context().close();
  });
});
