// An agency as the operator's people and its own see it, and a tentative holiday decided.
import t from 'tap';
import { setHolidays } from '../../src/billers/index.ts';
import { openBrowser, openPage, overflowOf, signInAs, violationsOf } from '../support/browser.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';
import { ACTOR, done } from '../support/world.ts';

const SCRIPT = '<img src=x onerror="document.title=1">';
const SPOKEN = {
  ar: { strike: 'اشطب', struck: 'مشطوبة', day: '2031-03-02' },
  en: { strike: 'Strike', struck: 'Struck', day: '2031-03-03' },
} as const;

await t.test('agencies', async (t) => {
  const { db, baseUrl } = await startTestWorld(t);
  await colleague(db, baseUrl, 'admin', 'operator-admin');
  await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const holidays = Object.values(SPOKEN).map(
    ({ day }) => ({ onDate: day, name: SCRIPT, state: 'tentative' }) as const,
  );
  done(await setHolidays(db, { kind: 'biller', code: 'om-social' }, holidays, ACTOR));
  const browser = await openBrowser(t);

  for (const [language, { strike, struck, day }] of Object.entries(SPOKEN))
    await t.test(`an administrator strikes a holiday: ${language}`, async (t) => {
      const opened = await openPage(browser, baseUrl, { locale: language });
      const { page, faults } = opened;
      await signInAs(opened, baseUrl, await session(db, 'admin'));
      await page.goto('/console/billers');
      await page.waitForSelector('tbody a');
      t.same(await violationsOf(page), [], 'agencies');
      await page.goto('/console/billers/om-social?month=2031-03');
      await page.waitForSelector('.month');
      t.same(await violationsOf(page), [], 'agency');
      t.ok(await page.locator('.month').getByText(SCRIPT).count(), 'a script is a text');
      await page.getByRole('button', { name: `${strike} ${day}` }).click();
      await page.locator('dialog').getByRole('button', { name: strike }).click();
      await page.getByText(struck, { exact: true }).first().waitFor();
      await page.reload();
      await page.locator('.month .struck').first().waitFor();
      await page.setViewportSize({ width: 360, height: 700 });
      t.equal(await overflowOf(page), 0);
      t.same(faults, []);
      await page.context().close();
    });

  await t.test('its own people see it, without what channels earn, and change nothing', async (t) => {
    const opened = await openPage(browser, baseUrl, { expected: /status of 404/ });
    const { page, faults } = opened;
    await signInAs(opened, baseUrl, await session(db, 'officer'));
    await page.goto('/console/own-biller');
    await page.waitForSelector('.month');
    await page.waitForSelector('.terms');
    t.same(await violationsOf(page), []);
    t.equal(await page.getByText('The channel earns').count(), 0);
    t.equal(await page.getByRole('button', { name: /Strike|Revoke/ }).count(), 0);
    t.same(faults, []);
  });
});
