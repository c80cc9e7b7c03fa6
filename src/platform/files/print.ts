// Sets a printed document with react-pdf: joined Arabic letters, right-to-left pages, and every number, date or code in
// a Text of its own that reads left to right, since inside Arabic text their groups would change places.

import { createRequire } from 'node:module';
import { Document, Font, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement } from 'react';
import type { PrintedDocument } from './printed-document.ts';
import { blockOf } from './print-blocks.ts';
import { PAGE_WIDTH, SIZES, stylesOf, type PageStyles } from './print-styles.ts';
import { brokenAt, directionOf, printable } from './print-text.ts';

const FAMILY = 'IBM Plex Sans Arabic';
const FONTS = [
  { file: '400Regular/IBMPlexSansArabic_400Regular', fontWeight: 400 },
  { file: '700Bold/IBMPlexSansArabic_700Bold', fontWeight: 700 },
];

/**
 * Read once, with glyphs of its own for each document. A font remembers the letter that each of its glyphs first stood
 * for, and none for the parts of a letter that was embedded: a word of a later document would lose its joins, by what
 * was printed before it.
 */
function freshFonts(): void {
  const sources = Font.getRegisteredFonts()[FAMILY]?.sources ?? [];
  const read = sources.flatMap(({ data }) => data ?? []);
  // Some may not have been needed yet, or could not be read.
  if (read.length === FONTS.length) for (const font of read) Reflect.set(font, '_glyphs', {});
  else registerFonts();
}

function registerFonts(): void {
  const { resolve } = createRequire(import.meta.url);
  Reflect.deleteProperty(Font.getRegisteredFonts(), FAMILY);
  Font.register({
    family: FAMILY,
    fonts: FONTS.map(({ file, fontWeight }) => ({
      src: resolve(`@expo-google-fonts/ibm-plex-sans-arabic/${file}.ttf`),
      fontWeight,
    })),
  });
  // Words are never divided: a broken number or name is a wrong one.
  Font.registerHyphenationCallback((word) => [word]);
}

let last: Promise<unknown> = Promise.resolve();

/** One after the other: fonts are registered for the whole program. */
export function print(document: PrintedDocument): Promise<Buffer> {
  const mine = last.then(() => set(document));
  last = mine.catch(() => undefined);
  return mine;
}

async function set(document: PrintedDocument): Promise<Buffer> {
  freshFonts();
  const styles = stylesOf(document.language === 'ar', FAMILY);
  const { title, language, madeAt } = document;
  const page = h(
    Page,
    { size: 'A4', style: styles.page },
    head(document, styles),
    ...document.blocks.flatMap((block, i) => blockOf(block, styles, `block-${i}`)),
    foot(document, styles),
  );
  return renderToBuffer(
    h(
      Document,
      {
        title,
        author: 'Wasit',
        creator: 'Wasit',
        producer: 'Wasit',
        language,
        creationDate: madeAt,
        modificationDate: madeAt,
      },
      page,
    ),
  );
}

function head({ title, party, subject }: PrintedDocument, styles: PageStyles): ReactElement {
  return h(
    View,
    { style: styles.head },
    h(Text, { style: styles.title }, printable(title)),
    h(
      Text,
      { style: inItsDirection(styles.party, party) },
      brokenAt(printable(party), PAGE_WIDTH, SIZES.large + 2),
    ),
    h(
      View,
      { style: styles.subject },
      ...subject.map(({ label, value, ltr }) =>
        h(
          View,
          { key: label, style: styles.subjectItem },
          h(Text, { style: styles.label }, printable(label)),
          h(
            Text,
            { style: ltr === true ? styles.strongCode : inItsDirection(styles.strong, value) },
            brokenAt(printable(value), PAGE_WIDTH, SIZES.large),
          ),
        ),
      ),
    ),
  );
}

function inItsDirection<Style>(style: Style, text: string) {
  return { ...style, direction: directionOf(text) };
}

/** On every page. Page numbers are known when all pages are set. */
function foot({ footer, footerCode, pageOf }: PrintedDocument, styles: PageStyles): ReactElement {
  return h(
    View,
    { style: styles.foot, fixed: true },
    h(Text, { style: styles.footText }, printable(footer)),
    h(Text, { style: styles.footCode }, printable(footerCode)),
    h(Text, {
      style: styles.footText,
      render: ({ pageNumber, totalPages }) => pageOf(pageNumber, totalPages),
    }),
  );
}
