// A real browser for tests of pages: Debian's Chromium, driven by playwright-core. Whatever a page says on its console, asks of
// another origin or breaks of its policy is a fault of the test that opened it.
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Test } from 'tap';

export const CHROMIUM = '/usr/bin/chromium';
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedPage {
  readonly page: Page;
  /** What went wrong in it so far. */
  readonly faults: string[];
}

export async function openBrowser(t: Pick<Test, 'teardown'>): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`there is no ${CHROMIUM}: apt-get install chromium`);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER_FLAGS });
  t.teardown(() => browser.close());
  return browser;
}

/** A page of a context of its own: nobody is signed in. `expected`: answers that the browser complains of and that belong to the test. */
export async function openPage(
  browser: Browser,
  baseUrl: string,
  { expected = /status of 401/, ...options }: BrowserContextOptions & { expected?: RegExp } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ baseURL: baseUrl, locale: 'en', ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(baseUrl) && !/^(data|blob):/.test(url)) faults.push(`asks ${url}`);
  });
  return { page, faults };
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Rules of WCAG 2.2 AA that the page breaks, each with where. */
export async function violationsOf(page: Page): Promise<string[]> {
  // By the driver, past the page's policy, which allows no script but its own.
  await page.evaluate(axe.source);
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) => found.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
  );
}

/** As if he had signed in: the sign-in page has a test of its own. */
export async function signInAs({ page }: OpenedPage, baseUrl: string, token: string): Promise<void> {
  await page.context().addCookies([{ name: 'wasit_session', value: token, url: baseUrl }]);
}

/** How far the page is wider than the window, in CSS pixels: 0 when nothing has to be pushed sideways. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Goes to a page that somebody is signed in for, waits for what is read, and says what is wrong with it: axe's findings, and what is pushed sideways at 360 px. */
export async function wrongWith(page: Page, path: string): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(path);
  await page.locator('main h1').waitFor();
  await page.locator('main .loading').waitFor({ state: 'detached' });
  const found = await violationsOf(page);
  await page.setViewportSize({ width: 360, height: 800 });
  const sideways = await overflowOf(page);
  return [...found, ...(sideways > 0 ? [`${sideways} px too wide`] : [])].map((each) => `${path} ${each}`);
}
