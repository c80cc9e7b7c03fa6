// Bills, files of bills, mandates and debits as an agency's people see them, in a language of each direction; a good and a bad file of
// bills are sent and told.
import t from 'tap';
import { showId } from '../../src/kernel/ids.ts';
import { HEADER, line } from '../support/bill-files.ts';
import { openBrowser, openPage, signInAs, wrongWith } from '../support/browser.ts';
import { startTestWorker } from '../support/confirming.ts';
import { debit, makeDebitWorld } from '../support/debits.ts';
import { colleague, session } from '../support/staff.ts';

const SPOKEN = {
  ar: { done: 'تم', rejects: /جلب الأسطر المرفوضة/ },
  en: { done: 'Done', rejects: /Fetch the .*1.* refused lines/ },
} as const;

await t.test('collecting', async (t) => {
  const world = await makeDebitWorld(t);
  const { db, baseUrl, mandateId } = world;
  const debitId = await debit(world, [{ number: 'D-1', amount: '10.000' }]);
  await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  await startTestWorker(t, world);
  const browser = await openBrowser(t);
  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(language, async (t) => {
      const opened = await openPage(browser, baseUrl, {
        locale: language,
        colorScheme: language === 'ar' ? 'dark' : 'light',
      });
      await signInAs(opened, baseUrl, await session(db, 'agency'));
      const { page, faults } = opened;
      for (const path of [
        '/console/bills',
        '/console/bills/D-1',
        '/console/mandates',
        `/console/mandates/${showId('mnd', mandateId)}`,
        '/console/debits',
        `/console/debits/${showId('dbt', debitId)}`,
        '/console/debits-ahead',
        '/console/debits-report?month=2026-11',
        '/console/bill-files',
      ])
        t.same(await wrongWith(page, path), []);
      t.equal(await page.locator('.blank .hint').count(), 0, 'nothing was refused');

      const send = (name: string, text: string) =>
        page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.setViewportSize({ width: 1280, height: 800 });
      const before = await page.locator('tbody tr').count();
      await send('good.csv', `${HEADER}\n${line(`G-${language}`)}\n`);
      await page.locator('tbody tr').nth(before).waitFor();
      await page.locator('tbody tr').first().getByText(spoken.done).waitFor();
      await send('bad.csv', `${HEADER}\n${line(`B-${language}`, { amount: 'ten' })}\n`);
      await page.getByRole('link', { name: spoken.rejects }).waitFor();
      t.same(await wrongWith(page, '/console/bill-files'), []);
      t.same(faults, []);
      await page.context().close();
    });
});
