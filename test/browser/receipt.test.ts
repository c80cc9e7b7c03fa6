// The public page of a receipt: genuine, reversed or unknown, in each of the three languages, without any script.
import t from 'tap';
import { openBrowser, openPage, overflowOf, violationsOf } from '../support/browser.ts';
import { bill } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { addBills } from '../support/world.ts';

const SPOKEN = {
  ar: { valid: 'هذا الإيصال صحيح.', reversed: 'أُلغيت', unknown: 'لا يوجد إيصال بهذا الرقم.', dir: 'rtl' },
  en: { valid: 'This receipt is valid.', reversed: 'was reversed', unknown: 'There is no such', dir: 'ltr' },
  fr: { valid: 'Ce reçu est valable.', reversed: 'a été annulé', unknown: 'n’existe pas', dir: 'ltr' },
} as const;

await t.test('a receipt for everybody', async (t) => {
  const world = await startTestWorld(t);
  await addBills(
    world.db,
    'om',
    ['OM-1', 'OM-2'].map((number) => ({ number, amount: '100.000' })),
  );
  const pay = async (number: string) => {
    const { body, text } = await world.client('bank').pay({ bills: [bill(number, '100.000')] });
    if (body === undefined) throw new Error(text);
    return body;
  };
  const [valid, reversed] = [await pay('OM-1'), await pay('OM-2')];
  await world.client('bank').reverse(reversed.paymentId, 'undo');
  const numbers = {
    valid: valid.receiptNumber,
    reversed: reversed.receiptNumber,
    unknown: '01-0000-0000-0000-<b>',
  };
  const browser = await openBrowser(t);
  for (const [language, spoken] of Object.entries(SPOKEN))
    await t.test(language, async (t) => {
      const { page, faults } = await openPage(browser, world.baseUrl, {
        locale: language,
        expected: /status of 404/,
        reducedMotion: 'reduce',
      });
      for (const [is, number] of Object.entries(numbers)) {
        await page.goto(`/r/${encodeURIComponent(number)}`);
        t.equal(await page.getAttribute('html', 'dir'), spoken.dir);
        t.match(await page.textContent('h1'), spoken[is as keyof typeof numbers]);
        t.match(await page.textContent('code'), number, 'as it was asked for');
        t.equal(await page.locator('script').count(), 0);
        t.match(
          await page.evaluate<string>('getComputedStyle(document.body).fontFamily'),
          'IBM Plex Sans Arabic',
        );
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          t.same(await violationsOf(page), []);
        }
        await page.setViewportSize({ width: 360, height: 700 });
        t.equal(await overflowOf(page), 0, 'nothing is pushed sideways at 360 px');
      }
      t.same(faults, []);
      await page.context().close();
    });
});
