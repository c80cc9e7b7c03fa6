// A payer at a kiosk, in each of the three languages: from the start to the receipt, and back to a screen that says nothing of him.
import t from 'tap';
import { setAgreement } from '../../src/channels/index.ts';
import { setBiller } from '../../src/billers/index.ts';
import { openBrowser, openPage, overflowOf, violationsOf } from '../support/browser.ts';
import { startTestWorld } from '../support/gateway.ts';
import { insert, KIOSK_WORDS, scan, setUpKiosk, toCash } from '../support/kiosk.ts';
import { ACTOR, addBills, done } from '../support/world.ts';

const SCRIPT = '<img src=x onerror="document.title=1">';

await t.test('a payment at a kiosk', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl, keys } = world;
  const key = keys.get('kiosk') ?? '';
  const kiosk = world.client('kiosk');
  const fees = [{ per: 'payment', bearer: 'payer', flat: '0.200' }] as const;
  const parties = { billerCode: 'om-social', channelCode: 'kiosk' };
  done(await setAgreement(db, parties, { route: 'via-operator', fees: [...fees] }, ACTOR));
  done(
    await setBiller(db, 'om-social', { name: { en: `Fund ${SCRIPT}`, ar: 'الصندوق', fr: 'Fonds' } }, ACTOR),
  );
  const languages = ['ar', 'en', 'fr'] as const;
  await addBills(
    db,
    'om',
    languages.flatMap((each) => [{ number: `OM-${each.toUpperCase()}`, amount: '25.300' }]),
  );
  await db.transaction((tx) => tx.query('update bill set description = $1', [SCRIPT]));
  const browser = await openBrowser(t);

  for (const language of languages)
    await t.test(language, async (t) => {
      const words = KIOSK_WORDS[language];
      const viewport = { width: 1080, height: 1920 };
      const { page, faults } = await openPage(browser, baseUrl, { locale: language, viewport });
      await page.goto('/kiosk/');
      await page.getByLabel(words.setUp.key).fill('wsk_wrong');
      await page.getByRole('button', { name: words.setUp.check }).click();
      await page.locator('[role=alert]').waitFor();
      t.same(await violationsOf(page), []);
      await setUpKiosk(page, key, language);
      t.equal(await page.getAttribute('html', 'dir'), language === 'ar' ? 'rtl' : 'ltr');
      t.same(await violationsOf(page), [], 'the start');

      await page.locator('.offer').click();
      await page.locator('.keys button', { hasText: 'O' }).click();
      t.equal(await page.locator('#number').inputValue(), 'O');
      t.same(await violationsOf(page), [], 'a number');
      await page.locator('#number').fill(`OM-${language.toUpperCase()}`);
      await page.getByRole('button', { name: words.search }).click();
      await page.locator('.lines').waitFor();
      t.match(await page.locator('main').textContent(), SCRIPT, 'a script is a text');
      t.same(await violationsOf(page), [], 'a bill');
      await page.getByRole('button', { name: words.payThis }).click();
      await insert(page, '20.000');
      await page.locator('.lines .amount', { hasText: /20[.,]000/ }).waitFor();
      t.same(await violationsOf(page), [], 'the acceptor');
      await insert(page, '10.000');
      await page.getByRole('button', { name: words.overReturn }).waitFor();
      t.same(await violationsOf(page), [], 'a question');
      await page.getByRole('button', { name: words.overReturn }).click();
      await insert(page, '5.000');
      await insert(page, '0.500');
      await page.getByRole('heading', { name: words.accepted }).waitFor();
      t.same(await violationsOf(page), [], 'the end');

      const receipt = (await page.locator('.result .code').first().textContent()) ?? '';
      await page.emulateMedia({ media: 'print' });
      t.ok(await page.locator('.paper').isVisible(), 'paper has the receipt');
      t.notOk(await page.locator('.top').isVisible(), 'and nothing else');
      t.match(await page.locator('.paper').textContent(), receipt);
      await page.emulateMedia({ media: null });
      const word = await (await fetch(`${baseUrl}/r/${receipt}`)).text();
      t.notMatch(word, /404/);

      await page.getByRole('button', { name: words.done }).click();
      await page.locator('.offer').waitFor();
      t.notMatch(await page.content(), receipt, 'nothing of the last payer is left');
      for (const width of [360, 800, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        t.equal(await overflowOf(page), 0, `nothing is pushed sideways at ${width} px`);
      }
      t.same(faults, []);
      await page.context().close();
    });
  const paid = await kiosk.list('businessDate=2026-11-22');
  t.same(
    paid.body?.items.map(({ status, total, outlet }) => `${status} ${total.value} ${outlet?.id}`),
    languages.map(() => 'accepted 25.500 MALL-07'),
    'one payment each',
  );
});

await t.test('more than enough, too little, and a slip', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl, keys } = world;
  const words = KIOSK_WORDS.en;
  await addBills(db, 'om', [
    { number: 'OM-1', amount: '19.500', payer: 'E-1' },
    { number: 'OM-2', amount: '30.000', payer: 'E-2' },
    { number: 'OM-3', amount: '250.000', payer: 'E-3' },
    { number: 'OM-4', amount: '150.000', payer: 'E-4' },
  ]);
  const browser = await openBrowser(t);
  const { page, faults } = await openPage(browser, baseUrl, { expected: /status of (401|404|422)/ });
  await page.goto('/kiosk/');
  await setUpKiosk(page, keys.get('kiosk') ?? '');
  const end = async (title: string): Promise<string> => {
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    const text = (await page.locator('.result').innerText()).replace(/\s+/g, ' ');
    await page.getByRole('button', { name: words.done }).click();
    await page.locator('.offer').waitFor();
    return text;
  };

  await scan(page, 'OM-1');
  await page.getByRole('button', { name: words.payThis }).click();
  await insert(page, '20.000');
  await page.getByRole('button', { name: words.overKeep }).click();
  t.match(await end(words.accepted), /Paid in 20\.000 OMR Paid 19\.500 OMR Credited 0\.500 OMR/);
  const over = await world.client('bank').inquire({ billerCode: 'om-social', payerId: 'E-1' });
  t.equal(over.body?.credit?.value, '0.500', 'what was over is his credit');

  await toCash(page, 'OM-2');
  await insert(page, '10.000');
  await page.getByRole('button', { name: words.stop }).click();
  await page.getByRole('button', { name: words.stopDo }).click();
  const stopped = await end(words.credited);
  t.match(stopped, /Paid in 10\.000 OMR Credited 10\.000 OMR/);
  const [reference = ''] = /K[0-9A-Z]{12}/.exec(stopped) ?? [];
  await scan(page, reference);
  await page.getByRole('heading', { name: words.credited }).waitFor();
  await page.getByRole('button', { name: words.done }).click();

  await scan(page, 'OM-3');
  t.match(await page.locator('[role=alert]').innerText(), /at most .*200\.000 OMR/);
  t.equal(await page.getByRole('button', { name: words.payThis }).count(), 0);
  await page.getByRole('button', { name: words.startOver }).click();

  await scan(page, 'NOBODY-1');
  t.match(await page.locator('[role=alert]').innerText(), words.notFound);
  await page.getByRole('button', { name: words.startOver }).click();

  await world
    .client('kiosk')
    .pay({ bills: [{ billNumber: 'OM-4', amount: { value: '150.000', currency: 'OMR' } }] });
  await addBills(db, 'om', [{ number: 'OM-5', amount: '130.000', payer: 'E-5' }]);
  await toCash(page, 'OM-5');
  for (const value of ['100.000', '10.000', '20.000']) await insert(page, value);
  const held = await end(words.held);
  t.match(held, /Paid in 130\.000 OMR To be paid back 130\.000 OMR/, 'beyond the limit of the day');
  for (let press = 0; press < 5; press++) await page.getByRole('button', { name: words.technician }).click();
  await page.getByLabel(words.setUp.key).fill(keys.get('kiosk') ?? '');
  await page.getByRole('button', { name: words.setUp.check }).click();
  await page.locator('.bills .row', { hasText: '130.000' }).waitFor();
  t.same(await violationsOf(page), []);
  t.same(faults, []);
});
