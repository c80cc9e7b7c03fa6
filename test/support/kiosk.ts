// A kiosk in a real browser, with its acceptor played on the screen.
import type { Page } from 'playwright-core';
import ar from '../../src/console/locales/ar/kiosk.json' with { type: 'json' };
import en from '../../src/console/locales/en/kiosk.json' with { type: 'json' };
import fr from '../../src/console/locales/fr/kiosk.json' with { type: 'json' };

export const KIOSK_WORDS = { ar, en, fr } as const;
type Language = keyof typeof KIOSK_WORDS;

/** What a technician does once, on the open page. */
export async function setUpKiosk(page: Page, key: string, language: Language = 'en'): Promise<void> {
  const { setUp } = KIOSK_WORDS[language];
  await page.locator(`.tongues [lang=${language}]`).click();
  await page.getByLabel(setUp.key).fill(key);
  await page.getByRole('button', { name: setUp.check }).click();
  await page.getByLabel(setUp.outlet).fill('MALL-07');
  await page.getByLabel(setUp.helpline).fill('+968 2400 0000');
  await page.getByRole('button', { name: setUp.acceptors.played }).click();
  await page.getByRole('button', { name: setUp.save }).click();
  await page.locator('.offer').first().waitFor();
}

/** As a scanner does: keys without a pause, then Enter. In the page itself, for the driver is not quick enough. */
export async function scan(page: Page, code: string): Promise<void> {
  const keys = JSON.stringify([...code, 'Enter']);
  // A screen listens once it has been drawn.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))');
  await page.evaluate(
    `for (const key of ${keys}) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))`,
  );
}

/** From the start to the open acceptor. */
export async function toCash(page: Page, billNumber: string, language: Language = 'en'): Promise<void> {
  const words = KIOSK_WORDS[language];
  await page.locator('.offer').first().click();
  await page.locator('#number').fill(billNumber);
  await page.getByRole('button', { name: words.search }).click();
  await page.getByRole('button', { name: words.payThis }).click();
  await page.locator('.acceptor').waitFor();
}

/** One note by its value, such as `20.000`. */
export async function insert(page: Page, value: string): Promise<void> {
  await page
    .locator('.acceptor button:enabled', { hasText: new RegExp(`^\\s*${value.replace('.', '[.,]')}\\s`) })
    .click();
}

/** The kiosk's worker has kept the page, so that it starts without a line. */
export async function untilKept(page: Page): Promise<void> {
  await page.evaluate(`navigator.serviceWorker.ready.then(async ({ active }) => {
    while (active.state !== 'activated')
      await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }));
  })`);
}
