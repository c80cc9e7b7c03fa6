// Signing in and deciding, in each of the three languages, by the keyboard alone where one can; and what hostile texts do.
import t from 'tap';
import { ask, idOf } from '../support/approvals.ts';
import { openBrowser, openPage, overflowOf, violationsOf } from '../support/browser.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, person, PASSWORD } from '../support/staff.ts';

const SCRIPT = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
const SPOKEN = {
  ar: { dir: 'rtl', title: 'الموافقات', reject: 'رفض', rejected: 'مرفوض', refused: /لا|غير/ },
  en: {
    dir: 'ltr',
    title: 'Approvals',
    reject: 'Reject',
    rejected: 'Rejected',
    refused: /wrong|refused|not/i,
  },
  fr: {
    dir: 'ltr',
    title: 'Approbations',
    reject: 'Rejeter',
    rejected: 'Rejetée',
    refused: /refus|incorrect|pas/i,
  },
} as const;

await t.test('from the gate to a decision', async (t) => {
  const { db, baseUrl } = await startTestWorld(t);
  const asker = await colleague(db, baseUrl, 'asker', 'operator-admin');
  await person(db, 'decider', 'operator-admin');
  const browser = await openBrowser(t);
  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(language, async (t) => {
      const content = { channelCode: 'agent', amount: { value: '50.000', currency: 'OMR' } };
      const id = await idOf(ask(asker, 'top-up', content, { reference: `R-${language}` }));
      await asker.send('POST', `/v1/approvals/${id}/comments`, { comment: SCRIPT });
      const opened = await openPage(browser, baseUrl, { locale: language, expected: /status of 401/ });
      const { page, faults } = opened;

      await page.goto('/');
      t.equal(await page.getAttribute('html', 'dir'), spoken.dir);
      await page.fill('input[autocomplete=username]', 'decider');
      await page.fill('input[type=password]', 'not his password');
      await page.keyboard.press('Enter');
      t.match(await page.textContent('[role=alert]'), spoken.refused, 'a wrong password is told');
      t.same(await violationsOf(page), []);
      await page.fill('input[type=password]', PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.frame');
      await page.click(`.person .languages button[lang=${language}]`);

      await page.goto('/console/approvals');
      await page.waitForSelector('tbody a');
      t.equal(await page.textContent('h1'), spoken.title);
      t.same(await violationsOf(page), []);
      await page.click(`tbody a[href$="${id}"]`);
      await page.getByRole('button', { name: spoken.reject }).click();
      t.same(await violationsOf(page), [], 'also with the question open');
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: spoken.reject }).click();
      await page.fill('dialog textarea', SCRIPT);
      await page.locator('dialog').getByRole('button', { name: spoken.reject }).click();
      await page.getByText(spoken.rejected, { exact: true }).waitFor();
      t.equal(await page.getByText(SCRIPT).count(), 2, 'a script is a text');
      t.same(await violationsOf(page), []);

      await page.setViewportSize({ width: 360, height: 700 });
      t.equal(await overflowOf(page), 0, 'nothing is pushed sideways at 360 px');
      t.same(faults, []);
      await page.context().close();
    });
  const left = await asker.send<{ items: { state: string }[] }>('GET', '/v1/approvals?mine=asked');
  t.same(
    left.body?.items.map(({ state }) => state),
    ['rejected', 'rejected', 'rejected'],
  );
});
