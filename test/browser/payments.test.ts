// Finding a payment by what somebody holds, and its whole life on one page, in each of the three languages; each sees his own
// part, and hostile texts are texts.
import fs from 'node:fs/promises';
import t from 'tap';
import { openBrowser, openPage, overflowOf, signInAs, violationsOf } from '../support/browser.ts';
import { liveADay } from '../desk/a-day.ts';
import { bill } from '../support/client.ts';
import { colleague, session } from '../support/staff.ts';
import { addBills } from '../support/world.ts';

const SCRIPT = '<img src=x onerror="document.title=1">';
const SPOKEN = {
  ar: { title: 'المدفوعات', reversed: 'ألغتها', none: /لا شيء باسم/ },
  en: { title: 'Payments', reversed: 'Reversed by', none: /Nothing is called/ },
  fr: { title: 'Paiements', reversed: 'Annulé par', none: /Rien ne porte le nom/ },
} as const;

await t.test('payments and the life of one', async (t) => {
  const world = await liveADay(t);
  const { db, baseUrl } = world;
  await addBills(db, 'om', [{ number: 'OM-20', amount: '10.000' }]);
  const { body: paid } = await world.client('bank').pay({
    reference: 'hostile',
    bills: [bill('OM-20', '10.000')],
    outlet: { kind: 'branch', id: SCRIPT },
    payer: { name: SCRIPT },
  });
  if (paid === undefined) throw new Error('the payment was refused');
  await world.client('bank').reverse(paid.paymentId, 'hostile-undo', SCRIPT);
  await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  await colleague(db, baseUrl, 'teller', 'channel-officer', { channelCode: 'bank' });
  await colleague(db, baseUrl, 'desk', 'support');
  const browser = await openBrowser(t);
  const open = async (login: string, path: string, options: Parameters<typeof openPage>[2] = {}) => {
    const opened = await openPage(browser, baseUrl, options);
    await signInAs(opened, baseUrl, await session(db, login));
    await opened.page.goto(path);
    await opened.page.waitForSelector('h1');
    return opened;
  };

  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(language, async (t) => {
      const { page, faults } = await open('agency', '/console/payments', { locale: language });
      await page.waitForSelector('tbody a');
      t.equal(await page.textContent('h1'), spoken.title);
      t.same(await violationsOf(page), []);
      await page.fill('input[type=search]', 'nobody has this');
      await page.keyboard.press('Enter');
      t.match(await page.innerText('.blank h2'), spoken.none);
      await page.fill('input[type=search]', paid.receiptNumber);
      await page.keyboard.press('Enter');
      await page.click(`tbody a:has-text("${paid.receiptNumber}")`);
      await page.locator('.story li', { hasText: spoken.reversed }).waitFor();
      t.ok((await page.getByText(SCRIPT).count()) >= 2, 'a script is a text');
      t.same(await violationsOf(page), []);
      await page.setViewportSize({ width: 360, height: 700 });
      t.equal(await overflowOf(page), 0, 'nothing is pushed sideways at 360 px');
      await page.goBack();
      await page.waitForSelector('input[type=search]');
      t.equal(await page.inputValue('input[type=search]'), paid.receiptNumber, 'back is back');
      t.same(faults, []);
      await page.context().close();
    });

  await t.test('what is listed is exported', async (t) => {
    const { page } = await open('agency', '/console/payments?channel=bank');
    await page.waitForSelector('tbody a');
    const rows = await page.locator('tbody tr').count();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    const lines = (await fs.readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    t.equal(lines.length, rows + 1);
    t.ok(
      lines.slice(1).every((line) => line.includes(',bank,')),
      'with its filters',
    );
    await page.context().close();
  });

  await t.test('each sees his part', async (t) => {
    const path = `/console/payments/${paid.paymentId}`;
    const headings = async (login: string): Promise<string[]> => {
      const { page } = await open(login, path);
      await page.waitForSelector('.story');
      const told = await page.locator('h2').allInnerTexts();
      await page.context().close();
      return told;
    };
    t.ok((await headings('desk')).includes('Postings'));
    t.notOk((await headings('agency')).includes('Postings'));
    t.notOk((await headings('teller')).includes('Postings'));
    const { page } = await open('agency', '/console/payments/pay_00000000000000000000000000', {
      expected: /status of (401|404)/,
    });
    await page.locator('.blank', { hasText: 'There is nothing here' }).waitFor();
    await page.context().close();
  });
});
