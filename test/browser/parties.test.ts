// Channels, keys and the audit log as the operator's people see them, and a channel's own position as its officer does.
import t from 'tap';
import {
  openBrowser,
  openPage,
  overflowOf,
  signInAs,
  violationsOf,
  type OpenedPage,
} from '../support/browser.ts';
import { bill } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { addBills } from '../support/world.ts';

const SCRIPT = '<img src=x onerror="document.title=1">';
const SPOKEN = {
  ar: { suspend: 'أوقف القناة', resume: 'استأنف القناة', suspended: 'موقوفة', revoke: 'ألغِ' },
  en: {
    suspend: 'Suspend the channel',
    resume: 'Resume the channel',
    suspended: 'Suspended',
    revoke: 'Revoke',
  },
} as const;

/** Without a rule broken, and nothing pushed sideways on a telephone. */
async function isSound(t: Tap, { page, faults }: OpenedPage, where: string): Promise<void> {
  t.same(await violationsOf(page), [], `${where}: axe`);
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 700 });
  t.equal(await overflowOf(page), 0, `${where}: 360 px`);
  if (usual !== null) await page.setViewportSize(usual);
  t.same(faults, [], `${where}: nothing on the console`);
}
type Tap = Pick<typeof t, 'same' | 'equal'>;

await t.test('parties', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const admin = await colleague(db, baseUrl, 'admin', 'operator-admin');
  await colleague(db, baseUrl, 'desk', 'support');
  await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' });
  await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  await addBills(db, 'om', [
    { number: 'OM-1', amount: '10.000' },
    { number: 'OM-2', amount: '10.000' },
  ]);
  const pay = async (number: string) =>
    (await world.client('bank').pay({ bills: [bill(number, '10.000')] })).code;
  t.equal(await pay('OM-1'), 'ok');
  const browser = await openBrowser(t);
  const open = async (login: string, locale = 'en'): Promise<OpenedPage> => {
    const opened = await openPage(browser, baseUrl, { locale });
    await signInAs(opened, baseUrl, await session(db, login));
    return opened;
  };

  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(`an administrator suspends and resumes: ${language}`, async (t) => {
      const opened = await open('admin', language);
      const { page } = opened;
      await page.goto('/console/channels');
      await page.waitForSelector('tbody a');
      await isSound(t, opened, 'channels');
      await page.click('tbody a[href$="/bank"]');
      await page.waitForSelector('tbody');
      await isSound(t, opened, 'channel');
      await page.getByRole('button', { name: spoken.suspend }).click();
      t.same(await violationsOf(page), [], 'with the question open');
      await page.keyboard.press('Escape');
      t.equal(await page.locator('dialog').count(), 0);
      await page.getByRole('button', { name: spoken.suspend }).click();
      await page.locator('dialog').getByRole('button', { name: spoken.suspend }).click();
      await page.getByText(spoken.suspended, { exact: true }).waitFor();
      t.equal(await pay('OM-2'), 'channel-suspended');
      await page.getByRole('button', { name: spoken.resume }).click();
      await page.locator('dialog').getByRole('button', { name: spoken.resume }).click();
      await page.getByRole('button', { name: spoken.suspend }).waitFor();
      await page.context().close();
    });
  t.equal(await pay('OM-2'), 'ok', 'in the end it may take payments again');

  await t.test('a key is revoked, by an administrator alone', async (t) => {
    const opened = await open('admin', 'ar');
    const { page } = opened;
    await page.goto('/console/keys?client=kiosk');
    const revoke = page.getByRole('button', { name: SPOKEN.ar.revoke });
    await revoke.first().waitFor();
    await isSound(t, opened, 'keys');
    await revoke.first().click();
    t.match(await page.textContent('dialog'), /kiosk/, 'it says whose');
    await page.locator('dialog').getByRole('button', { name: SPOKEN.ar.revoke }).click();
    await page.waitForSelector('.blank');
    const ask = () => world.client('kiosk').send('GET', '/v1/position?currency=OMR');
    await until('the key opens nothing', async () => (await ask()).code === 'unauthenticated');
    await page.context().close();

    const support = await open('desk');
    await support.page.goto('/console/keys?state=all');
    await support.page.waitForSelector('tbody');
    t.equal(await support.page.getByRole('button', { name: 'Revoke' }).count(), 0);
    await support.page.goto('/console/channels/bank');
    await support.page.waitForSelector('tbody');
    t.equal(await support.page.getByRole('button', { name: 'Suspend the channel' }).count(), 0);
    await support.page.context().close();
  });

  await t.test('the audit log: filtered, what was kept as text, exported', async (t) => {
    await db.transaction((tx) =>
      tx.query(
        `insert into audit_log (audit_id, actor, origin, action, subject, after)
         values (gen_random_uuid(), $1, $1, 'test.write', $1, to_jsonb($1::text))`,
        [SCRIPT],
      ),
    );
    for (const language of ['en', 'ar']) {
      const opened = await open('admin', language);
      const { page } = opened;
      await page.goto('/console/audit?action=test');
      await page.locator('details').click();
      await isSound(t, opened, 'audit');
      t.equal(await page.locator('td').getByText(SCRIPT).count(), 3, 'a script is a text');
      await page.locator('input[type=search]').nth(1).fill('channel.suspend');
      await page.locator('input[type=search]').nth(2).fill('channel/bank');
      await page.keyboard.press('Enter');
      await page.locator('td').getByText('channel/bank').first().waitFor();
      t.match(page.url(), /action=channel.suspend&subject=channel%2Fbank/);
      t.equal(await page.locator('tbody tr').count(), 2, 'once in each language');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.actions button').first().click(),
      ]);
      t.equal(download.suggestedFilename(), 'audit.csv');
      await page.context().close();
    }
    t.equal((await admin.send('GET', '/v1/audit?action=test')).code, 'ok');
  });

  await t.test('an officer of the channel sees what it owes, and its statement', async (t) => {
    for (const language of ['ar', 'en']) {
      const opened = await open('teller', language);
      const { page } = opened;
      await page.goto('/console/position');
      await page.waitForSelector('tbody');
      await isSound(t, opened, 'position');
      t.match(await page.locator('.panels').textContent(), /2\d\.\d{3}/, 'both payments');
      const csv = await page.locator('a[download][href*="statement.csv"]').getAttribute('href');
      const answer = await page.request.get(csv ?? '');
      t.match(await answer.text(), /^opening,/m);
      await page.goto('/console/channels');
      await page.waitForSelector('.blank');
      t.equal(await page.locator('tbody').count(), 0, 'the channels are the operator’s');
      await page.context().close();
    }
  });
});
