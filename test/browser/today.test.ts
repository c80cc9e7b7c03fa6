// The day as it goes, in each of the three languages: sums, the picture and its table, who took it and what was refused; it
// follows by itself, and each sees his own.
import t from 'tap';
import { tallyPaid } from '../../src/desk/today/index.ts';
import { openBrowser, openPage, overflowOf, signInAs, violationsOf } from '../support/browser.ts';
import { bill } from '../support/client.ts';
import { numberEvents } from '../support/feed.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';
import { addBills } from '../support/world.ts';

const SPOKEN = {
  ar: { title: 'اليوم', table: 'في جدول', refused: 'المبلغ أقل من المستحق', sum: '300.000' },
  en: { title: 'Today', table: 'As a table', refused: 'The amount is too small', sum: '300.000' },
  fr: { title: 'Aujourd’hui', table: 'En tableau', refused: 'Le montant est insuffisant', sum: '300,000' },
} as const;
const COLLECTED = '.sums .main .amount';

await t.test('the day at a glance', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const numbers = ['OM-1', 'OM-2', 'OM-3', 'OM-4', 'OM-5'];
  await addBills(
    db,
    'om',
    numbers.map((number) => ({ number, amount: '100.000' })),
  );
  await addBills(db, 'dz', [{ number: 'DZ-1', amount: '5000.00' }]);
  for (const number of ['OM-1', 'OM-2']) await world.client('bank').pay({ bills: [bill(number, '100.000')] });
  await world.client('kiosk').pay({ bills: [bill('OM-3', '100.000')] });
  await world.client('bank').pay({ bills: [bill('OM-4', '1.000')] });
  await world.client('bank').pay({ billerCode: 'dz-social', bills: [bill('DZ-1', '5000.00', 'DZD')] });
  const tally = async (): Promise<void> => {
    await numberEvents(db);
    await tallyPaid(db);
  };
  await tally();
  await db.transaction((tx) =>
    tx.query(
      `insert into service_hour (biller_id, hour, operation, outcome, bucket, answers)
       select 1, date_trunc('hour', business_now()), 'pay', 'underpayment', 10, 1`,
    ),
  );
  await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  await colleague(db, baseUrl, 'support', 'support');
  await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'kiosk' });
  const browser = await openBrowser(t);
  const open = async (login: string, options: Parameters<typeof openPage>[2] = {}) => {
    const opened = await openPage(browser, baseUrl, options);
    await signInAs(opened, baseUrl, await session(db, login));
    await opened.page.goto('/console/');
    await opened.page.waitForSelector(COLLECTED);
    return opened;
  };

  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(language, async (t) => {
      const { page, faults } = await open('agency', { locale: language });
      t.equal(await page.textContent('h1'), spoken.title, '/console/ is the day');
      t.equal(await page.innerText(COLLECTED), `${spoken.sum} OMR`);
      t.equal(await page.locator('.chart canvas').count(), 1);
      t.equal(await page.getAttribute('.chart', 'dir'), 'ltr');
      await page.click(`summary:has-text("${spoken.table}")`);
      t.match(await page.innerText('.hours table tbody'), /\d\d:00–\d\d:00\s+3\s+300[.,]000 OMR/);
      t.equal(await page.getByText(spoken.refused).count(), 1);
      t.same(await violationsOf(page), []);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      t.same(await violationsOf(page), [], 'in the dark');
      await page.setViewportSize({ width: 360, height: 700 });
      t.equal(await overflowOf(page), 0, 'nothing is pushed sideways at 360 px');
      t.same(faults, []);
      await page.context().close();
    });

  await t.test('it follows by itself', async (t) => {
    const { page } = await open('agency');
    await world.client('kiosk').pay({ bills: [bill('OM-5', '100.000')] });
    await tally();
    await page.locator(COLLECTED, { hasText: '400.000' }).waitFor();
    t.match(await page.innerText('td:has-text("kiosk")'), 'kiosk');
    await page.click('td a:has-text("kiosk")');
    await page.locator(COLLECTED, { hasText: '200.000' }).waitFor();
    t.match(page.url(), /channel=kiosk/, 'what is looked at stands in the address');
    await page.context().close();
  });

  await t.test('the operator sees all, or one; in one currency at a time', async (t) => {
    const { page } = await open('support');
    t.equal(await page.innerText(COLLECTED), '400.000 OMR');
    await page.getByRole('button', { name: 'DZD' }).click();
    await page.locator(COLLECTED, { hasText: '5,000.00' }).waitFor();
    t.match(await page.innerText('td:has(a:has-text("dz-social"))'), 'dz-social');
    await page.click('td a:has-text("dz-social")');
    await page.waitForURL(/biller=dz-social/);
    await page.locator(COLLECTED, { hasText: '5,000.00' }).waitFor();
    await page.context().close();
  });

  await t.test('a channel sees what it took, and nothing of how agencies are served', async (t) => {
    const { page, faults } = await open('teller');
    t.equal(await page.innerText(COLLECTED), '200.000 OMR');
    t.equal(await page.locator('.times').count(), 0);
    t.equal(await page.locator('a.work').count(), 1, 'breaks, no approvals');
    t.same(await violationsOf(page), []);
    t.same(faults, []);
    await page.context().close();
  });
});
