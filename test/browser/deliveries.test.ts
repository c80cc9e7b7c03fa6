// What an agency refused, as its finance officer and the operator see it, and how each sends it again.
import t from 'tap';
import { openBrowser, openPage, overflowOf, signInAs, violationsOf } from '../support/browser.ts';
import { bill } from '../support/client.ts';
import { startConfirmingWorld, startTestWorker } from '../support/confirming.ts';
import { colleague, session } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { addBills } from '../support/world.ts';

interface Deliveries {
  readonly items: { eventId: string; lastFailure: string | null }[];
}

const PEOPLE = [
  { login: 'officer', locale: 'ar', again: 'أعد الإرسال', query: '' },
  { login: 'admin', locale: 'en', again: 'Send again', query: '?biller=om-social' },
] as const;

await t.test('deliveries', async (t) => {
  const world = await startConfirmingWorld(t);
  const { db, baseUrl, agency } = world;
  await world.setWebhook();
  await startTestWorker(t, world);
  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const admin = await colleague(db, baseUrl, 'admin', 'operator-admin');
  const approver = await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' });
  const other = await colleague(db, baseUrl, 'other', 'finance-officer', { billerCode: 'eg-local' });
  await colleague(db, baseUrl, 'desk', 'support');
  await addBills(
    db,
    'om',
    PEOPLE.map(({ login }) => ({ number: `OM-${login}`, amount: '10.000' })),
  );
  const aside = async (): Promise<Deliveries['items']> =>
    (await officer.send<Deliveries>('GET', '/v1/deliveries')).body?.items ?? [];
  const browser = await openBrowser(t);

  for (const { login, locale, again, query } of PEOPLE)
    await t.test(`${login}: what was refused is sent again`, async (t) => {
      agency.answers(() => 422);
      await world.client('bank').pay({ bills: [bill(`OM-${login}`, '10.000')] });
      const [refused] = await until('it stands aside', async () => {
        const items = await aside();
        return items.some(({ lastFailure }) => lastFailure !== null) && items;
      });
      const opened = await openPage(browser, baseUrl, { locale });
      const { page, faults } = opened;
      await signInAs(opened, baseUrl, await session(db, login));
      await page.goto(`/console/deliveries${query}`);
      const button = page.getByRole('button', { name: `${again} ${refused?.eventId}` });
      await button.waitFor();
      t.same(await violationsOf(page), []);
      t.match(await page.textContent('.panels'), /127\.0\.0\.1/, 'where it is sent');
      await button.click();
      t.match(await page.textContent('dialog'), new RegExp(refused?.eventId ?? 'no event'));
      t.same(await violationsOf(page), [], 'with the question open');
      agency.answers(() => 204);
      await page.locator('dialog').getByRole('button', { name: again }).click();
      await until('it is delivered', async () => (await aside()).length === 0);
      await page.reload();
      await page.waitForSelector('.blank');
      await page.setViewportSize({ width: 360, height: 700 });
      t.equal(await overflowOf(page), 0);
      t.same(faults, []);
      await page.context().close();
    });

  await t.test('who may send again, and whose name stays', async (t) => {
    const parked = { state: 'parked' };
    const resend = async (who: typeof admin, query = '') =>
      (await who.send('POST', `/v1/deliveries/resend${query}`, parked)).code;
    t.equal(await resend(approver), 'forbidden');
    t.equal(await resend(admin), 'forbidden', 'of no agency');
    t.equal(await resend(admin, '?biller=nobody'), 'biller-not-found');
    t.equal(await resend(other), 'webhook-not-found', 'its own, which has none');
    t.equal(await resend(officer, '?biller=eg-local'), 'ok', 'his own whatever he says');
    const log = await admin.send<{ items: { actor: string }[] }>('GET', '/v1/audit?action=event.resend');
    t.same(
      log.body?.items.map(({ actor }) => actor),
      ['officer', 'admin', 'officer'],
    );
  });

  await t.test('the support desk looks and sends nothing', async (t) => {
    const opened = await openPage(browser, baseUrl, { expected: /status of 404/ });
    await signInAs(opened, baseUrl, await session(db, 'desk'));
    await opened.page.goto('/console/deliveries');
    t.match(await opened.page.textContent('.blank'), /Choose an agency/);
    await opened.page.goto('/console/deliveries?biller=om-social');
    await opened.page.waitForSelector('.panels');
    t.equal(await opened.page.getByRole('button', { name: /Send/ }).count(), 0);
    await opened.page.goto('/console/deliveries?biller=eg-local');
    await opened.page.getByText('PUT /v1/webhook').waitFor();
    t.same(await violationsOf(opened.page), []);
  });
});
