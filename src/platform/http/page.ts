// The frame of every page that the gateway writes itself: direction by language, one stylesheet, no inline style or
// script, everything put in escaped.

import type { Language } from './language.ts';

export const STYLESHEET_PATH = '/assets/page.css';

/** Markup that needs no more escaping. Made by `html` only. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Tagged template: whatever is put in is escaped, unless it is Markup already; lists are joined. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Markup | readonly Markup[])[]
): Markup {
  let text = strings[0] ?? '';
  values.forEach((value, at) => {
    text += shown(value) + (strings[at + 1] ?? '');
  });
  return new Markup(text);
}

/** `style`: where its look is, if it has one of its own. */
export function htmlPage(language: Language, title: string, body: Markup, style = STYLESHEET_PATH): string {
  return html`<!doctype html>
    <html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Wasit</title>
        <link rel="stylesheet" href="${style}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.text;
}

function shown(value: string | number | Markup | readonly Markup[]): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('\n');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export const STYLESHEET = `:root { color-scheme: light dark; --ink: #1c2430; --paper: #fbfbf9; --line: #d5d9de; --mark: #0b6e6e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #14181d; --line: #37404a; --mark: #5cc7c0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.65 system-ui, 'Segoe UI', 'Noto Sans Arabic', Tahoma, sans-serif; }
main { max-inline-size: 46rem; margin-inline: auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin-block: 0.25rem 0.75rem; }
h2 { font-size: 1.125rem; margin-block: 2rem 0.25rem; }
a { color: var(--mark); }
nav { display: flex; gap: 1rem; margin-block-end: 1.5rem; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.9375em; color: var(--mark); unicode-bidi: isolate; direction: ltr; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.25rem; border-block: 1px solid var(--line); padding-block: 0.75rem; }
dt { font-weight: 600; } dd { margin: 0; }
ul { padding-inline-start: 0; list-style: none; } li { padding-block: 0.375rem; border-block-end: 1px solid var(--line); }
`;
