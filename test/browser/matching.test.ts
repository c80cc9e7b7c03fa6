// Settlements, channels' days, bank statements, breaks, disputes and reports: each page as the operator's and an agency's people see
// it, in a language of each direction; a hostile text in a bank's line comes out as text.
import t from 'tap';
import { showId } from '../../src/kernel/ids.ts';
import { openBrowser, openPage, signInAs, violationsOf, wrongWith } from '../support/browser.ts';
import { reconcile } from '../support/day-files.ts';
import { open as openDispute } from '../support/disputes.ts';
import { makeRemitWorld, planned } from '../support/remit-world.ts';
import { colleague, session } from '../support/staff.ts';
import { bringOurs, brokenLine, deskOf, statementParts } from '../support/statement-world.ts';
import { addBills } from '../support/world.ts';
import { bill } from '../support/client.ts';

const SCRIPT = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
const SPOKEN = {
  ar: { missing: 'ناقص عندنا', resolve: 'طلب إنهائه', balanced: 'لم يُغلق بعد', suspense: 'في الحساب المعلّق' },
  en: {
    missing: 'Missing here',
    resolve: 'Ask for its end',
    balanced: 'Not closed yet',
    suspense: 'In suspense',
  },
} as const;

await t.test('matching and reports', async (t) => {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  await addBills(db, 'om', [{ number: 'OM-1', amount: '10.000' }]);
  const paid = await world.client('bank').pay({ bills: [bill('OM-1', '10.000')] });
  const { settlementId } = await planned(world);
  await deskOf(world);
  const agency = await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' });
  await openDispute(agency, paid.body?.paymentId ?? '');
  const { breaks } = await reconcile(world, ['nobody-knows,3.000,OMR,accepted']);
  t.ok(breaks.some(({ kind, open }) => kind === 'missing-here' && open === 1));
  const { fileId } = await bringOurs(statementParts(world), [{ minor: 45_500n, ref: 'A1', text: SCRIPT }]);
  const suspended = await brokenLine(db, fileId, 1);
  const file = `/console/statements/${showId('sfl', fileId)}`;
  const settlement = `/console/settlements/${showId('stl', settlementId)}`;
  const browser = await openBrowser(t);
  const enter = async (login: string, language: string, isDark: boolean) => {
    const opened = await openPage(browser, baseUrl, {
      locale: language,
      colorScheme: isDark ? 'dark' : 'light',
    });
    await signInAs(opened, baseUrl, await session(db, login));
    return opened;
  };

  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(language, async (t) => {
      const { page, faults } = await enter('two', language, language === 'ar');
      for (const path of [
        '/console/settlements?biller=om-social',
        `${settlement}?biller=om-social`,
        '/console/disputes',
        '/console/reports/daily?biller=om-social&date=2026-11-22',
        '/console/reports/performance?biller=om-social&from=2026-11-22&to=2026-11-23',
        '/console/reports/payers?biller=om-social&payer=E-1&from=2026-11-01&to=2026-11-23',
      ])
        t.same(await wrongWith(page, path), []);

      t.same(await wrongWith(page, '/console/reconciliations'), []);
      await page.getByText(spoken.balanced).waitFor();
      await page.click('tbody a');
      await page.waitForURL(/reconciliations\/2026-11-22\?channel=bank/);
      t.same(await wrongWith(page, page.url()), []);
      t.equal(await page.getByText('nobody-knows').count(), 1);
      await page.getByRole('link', { name: spoken.missing }).click();
      await page.waitForURL(/console\/breaks\/brk_/);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: spoken.resolve }).waitFor();
      t.match(await page.locator('.panels').innerText(), /3\.000 OMR/, 'an amount is an amount');
      await page.getByRole('button', { name: spoken.resolve }).click();
      t.same(await violationsOf(page), [], 'with the ways to end it open');
      await page.keyboard.press('Escape');
      t.same(await wrongWith(page, page.url()), []);
      t.same(await wrongWith(page, '/console/breaks'), []);
      t.same(await wrongWith(page, `/console/breaks/${suspended}`), []);

      t.same(await wrongWith(page, '/console/statements'), []);
      t.same(await wrongWith(page, file), []);
      await page.setViewportSize({ width: 1280, height: 800 });
      t.equal(await page.getByText(SCRIPT).count(), 1, 'a script is a text');
      t.ok(await page.locator('tbody').getByText(spoken.suspense).count());
      await page.click('a[href="/console/bank-accounts/ours-omr"]');
      await page.locator('.note.good').waitFor();
      t.same(await wrongWith(page, page.url()), []);
      t.same(faults, []);
      await page.context().close();
    });

  await t.test('a channel sees its own days, an agency its settlements', async (t) => {
    const teller = await enter('teller', 'en', false);
    await teller.page.goto('/console/reconciliations');
    await teller.page.click('tbody a');
    await teller.page.waitForURL(/reconciliations\/2026-11-22$/);
    await teller.page.getByText('nobody-knows').waitFor();
    t.equal(await teller.page.locator('nav a[href="/console/statements"]').count(), 0);
    const officer = await enter('agency', 'ar', false);
    await officer.page.goto('/console/settlements');
    await officer.page.click('tbody a');
    await officer.page.waitForURL(new RegExp(`${settlement}$`));
    await officer.page.goto('/console/reports/daily?date=2026-11-22');
    const saved = officer.page.waitForEvent('download');
    await officer.page.click('a[download]');
    t.equal((await saved).suggestedFilename(), 'om-social-2026-11-22-daily-ar.xlsx');
    t.same([...teller.faults, ...officer.faults], []);
  });
});
