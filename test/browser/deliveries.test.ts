// What an agency refused, as its finance officer and the operator see it, and how the operator sends it again.
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
  { login: 'desk', locale: 'ar', again: 'أعد الإرسال', query: '?biller=om-social' },
  { login: 'admin', locale: 'en', again: 'Send again', query: '?biller=om-social' },
] as const;

await t.test('deliveries', async (t) => {
  const world = await startConfirmingWorld(t);
  const { db, baseUrl, agency } = world;
  await world.setWebhook();
  await startTestWorker(t, world);
  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  await colleague(db, baseUrl, 'admin', 'operator-admin');
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

  await t.test('its own people look and send nothing', async (t) => {
    const opened = await openPage(browser, baseUrl);
    await signInAs(opened, baseUrl, await session(db, 'officer'));
    await opened.page.goto('/console/deliveries');
    await opened.page.waitForSelector('.panels');
    t.equal(await opened.page.getByRole('button', { name: /Send/ }).count(), 0);
    await opened.page.context().close();
  });

  await t.test('an agency is chosen first, and one without a webhook is told so', async (t) => {
    const opened = await openPage(browser, baseUrl, { expected: /status of 404/ });
    await signInAs(opened, baseUrl, await session(db, 'desk'));
    await opened.page.goto('/console/deliveries');
    t.match(await opened.page.textContent('.blank'), /Choose an agency/);
    await opened.page.goto('/console/deliveries?biller=eg-local');
    await opened.page.getByText('PUT /v1/webhook').waitFor();
    t.same(await violationsOf(opened.page), []);
  });
});
