// A kiosk that loses its line or its power at every step: afterwards there is exactly one payment, or none, and the payer's
// money is accounted for. The books are checked when the test ends.
import t from 'tap';
import type { Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser.ts';
import { testWorld } from '../support/database.ts';
import { startTestWorld } from '../support/gateway.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { insert, KIOSK_WORDS, scan, setUpKiosk, toCash, untilKept } from '../support/kiosk.ts';
import { mortalBrowser } from '../support/killed-browser.ts';
import { addBills } from '../support/world.ts';

const words = KIOSK_WORDS.en;
const paid = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: words.accepted, exact: true }).waitFor();
const taken = (page: Page, value: string): Promise<void> =>
  page.locator('.lines dd', { hasText: value }).first().waitFor();

await t.test('the power fails at each step', async (t) => {
  const world = await testWorld(t);
  await addBills(
    world.db,
    'om',
    [1, 2, 3, 4].map((n) => ({ number: `OM-${n}`, amount: '19.500', payer: `E-${n}` })),
  );
  const gateway = await startGatewayProcess(world, { teardown: (stop) => t.teardown(stop) });
  const kiosk = gateway.client('kiosk');
  const payments = async (): Promise<string[]> =>
    (await kiosk.list('businessDate=2026-11-22')).body?.items.map(
      ({ bills, status, amount }) => `${bills[0]?.billNumber} ${status} ${amount.value}`,
    ) ?? [];
  const browser = await mortalBrowser(t);
  const reopened = async (): Promise<Page> => {
    await browser.kill();
    const page = await browser.open();
    await page.goto(`${gateway.baseUrl}/kiosk/`);
    return page;
  };
  let page = await reopened();
  await page.locator('.tongues [lang=en]').click();
  await setUpKiosk(page, world.keys.get('kiosk') ?? '');
  await untilKept(page);

  await toCash(page, 'OM-1');
  page = await reopened();
  await page.locator('.offer').waitFor();
  t.same(await payments(), [], 'nothing was put in, nothing is left of it');

  await toCash(page, 'OM-1');
  await insert(page, '10.000');
  await taken(page, '10.000');
  page = await reopened();
  await taken(page, '10.000');
  await insert(page, '10.000');
  await page.getByRole('button', { name: words.overKeep }).waitFor();
  page = await reopened();
  await taken(page, '10.000');
  t.same(await payments(), [], 'the note that was held is given back');
  await insert(page, '5.000');
  await taken(page, '15.000');
  await insert(page, '5.000');
  await page.getByRole('button', { name: words.overKeep }).click();
  await paid(page);
  t.same(await payments(), ['OM-1 accepted 19.500', 'OM-1 credited 0.500']);
  await page.getByRole('button', { name: words.done }).click();

  // The gateway dies, the payment waits, the power fails; both come back.
  await toCash(page, 'OM-2');
  await insert(page, '10.000');
  await insert(page, '5.000');
  await insert(page, '1.000');
  for (let n = 0; n < 3; n++) await insert(page, '1.000');
  await taken(page, '19.000');
  await gateway.kill();
  await insert(page, '0.500');
  await page.getByText(words.sending).waitFor();
  page = await reopened();
  await page.getByText(words.sending).waitFor();
  await gateway.start();
  await paid(page);
  t.same((await payments()).slice(2), ['OM-2 accepted 19.500'], 'begun without a line, paid once');
  await page.getByRole('button', { name: words.done }).click();

  // The gateway has accepted it, and the answer is lost with the power.
  await toCash(page, 'OM-3');
  for (const value of ['10.000', '5.000', '1.000', '1.000', '1.000', '1.000']) await insert(page, value);
  await taken(page, '19.000');
  await page.route('**/v1/payments', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await insert(page, '0.500');
  await page.getByText(words.sending).waitFor();
  while ((await payments()).length < 4) await page.evaluate('new Promise(requestAnimationFrame)');
  page = await reopened();
  await paid(page);
  t.same((await payments()).slice(3), ['OM-3 accepted 19.500'], 'the answer of then, not another payment');
  page = await reopened();
  await page.locator('.offer, .result').first().waitFor();
  t.equal((await payments()).length, 4);
});

await t.test('the line is dead for longer than anybody waits', async (t) => {
  const world = await startTestWorld(t);
  const { baseUrl, keys } = world;
  await addBills(world.db, 'om', [{ number: 'OM-1', amount: '10.000' }]);
  const expected = /ERR_INTERNET_DISCONNECTED|status of 40[14]/;
  const { page, faults } = await openPage(await openBrowser(t), baseUrl, { expected });
  await page.clock.install();
  await page.goto('/kiosk/');
  await setUpKiosk(page, keys.get('kiosk') ?? '');
  await untilKept(page);
  await toCash(page, 'OM-1');
  await page.context().setOffline(true);
  await insert(page, '10.000');
  await page.getByText(words.sending).waitFor();
  await page.clock.runFor(26_000);
  await page.getByRole('heading', { name: words.waiting }).waitFor();
  const [reference = ''] = /K[0-9A-Z]{12}/.exec(await page.locator('.result').innerText()) ?? [];
  t.equal(await page.locator('.paper .qr').count(), 1, 'the slip leads back here');
  await page.clock.runFor(31_000);
  await page.locator('.offer').waitFor();
  t.notMatch(await page.content(), reference, 'nothing of the payer is left');
  await page.reload();
  await page.locator('.offer').waitFor();
  await page.getByText(words.closedNoLine).waitFor();
  t.ok(await page.locator('.offer').isDisabled(), 'without a line nobody is asked for money');

  await page.context().setOffline(false);
  await page.clock.runFor(61_000);
  await page.locator('.offer:enabled').waitFor();
  await scan(page, reference);
  await page.getByRole('heading', { name: words.accepted }).waitFor();
  t.equal(await page.locator('.paper').count(), 1, 'and here is the receipt');
  await page.clock.runFor(46_000);
  await page.getByText(words.stillThere).waitFor();
  await page.clock.runFor(16_000);
  await page.locator('.offer').waitFor();
  const list = await world.client('kiosk').list('businessDate=2026-11-22');
  t.match(list.body?.items, [{ reference, status: 'accepted', amount: { value: '10.000' } }]);
  t.equal(list.body?.items.length, 1);
  t.same(faults, []);
});
