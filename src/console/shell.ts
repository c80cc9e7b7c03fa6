// The document into which a page's script draws. It says what to load, and to a browser without scripts that it needs them.

import { html, type Language } from '../platform/http/index.ts';
import { FILES_PATH, type PageFiles } from './build-pages.ts';

const WITHOUT_SCRIPT: Record<Language, string> = {
  ar: 'تحتاج هذه الصفحة إلى تفعيل JavaScript في المتصفح.',
  en: 'This page needs JavaScript, which is switched off in this browser.',
  fr: 'Cette page a besoin de JavaScript, désactivé dans ce navigateur.',
};

export function shellOf(
  files: PageFiles,
  { language, title }: { language: Language; title: string },
): string {
  const at = (name: string): string => `${FILES_PATH}/${name}`;
  return html`<!doctype html>
    <html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${at(files.style)}" />
        ${files.ahead.map((name) => html`<link rel="modulepreload" href="${at(name)}" />`)}
        <script type="module" src="${at(files.script)}"></script>
      </head>
      <body>
        <div id="page"></div>
        <noscript>${WITHOUT_SCRIPT[language]}</noscript>
      </body>
    </html> `.text;
}
