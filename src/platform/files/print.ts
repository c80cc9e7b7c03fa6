// Sets a printed document with react-pdf: joined Arabic letters, right-to-left pages, and every number, date or code in
// a Text of its own that reads left to right, since inside Arabic text their groups would change places.

import { createRequire } from 'node:module';
import { Document, Font, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement } from 'react';
import type { PrintedDocument } from './printed-document.ts';
import { blockOf } from './print-blocks.ts';
import { SIZES, stylesOf, type PageStyles } from './print-styles.ts';

const FAMILY = 'IBM Plex Sans Arabic';

/** Once: fonts are read at the first document and kept. */
function registerFonts(): void {
  if (Font.getRegisteredFontFamilies().includes(FAMILY)) return;
  const { resolve } = createRequire(import.meta.url);
  const file = (name: string) => resolve(`@expo-google-fonts/ibm-plex-sans-arabic/${name}.ttf`);
  Font.register({
    family: FAMILY,
    fonts: [
      { src: file('400Regular/IBMPlexSansArabic_400Regular') },
      { src: file('700Bold/IBMPlexSansArabic_700Bold'), fontWeight: 700 },
    ],
  });
  // Words are never divided: a broken number or name is a wrong one.
  Font.registerHyphenationCallback((word) => [word]);
}

export async function print(document: PrintedDocument): Promise<Buffer> {
  registerFonts();
  const styles = stylesOf(document.language === 'ar', FAMILY);
  const { title, language, madeAt } = document;
  const page = h(
    Page,
    { size: 'A4', style: styles.page },
    head(document, styles),
    ...document.blocks.map((block, i) => blockOf(block, styles, `block-${i}`)),
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
    h(Text, { style: styles.title }, title),
    h(Text, { style: styles.party }, party),
    h(
      View,
      { style: styles.subject },
      ...subject.map(({ label, value, ltr }) =>
        h(
          View,
          { key: label, style: styles.subjectItem },
          h(Text, { style: styles.label }, label),
          h(Text, { style: ltr === true ? styles.strongCode : styles.strong }, value),
        ),
      ),
    ),
  );
}

/** On every page. Page numbers are known when all pages are set. */
function foot({ footer, pageOf }: PrintedDocument, styles: PageStyles): ReactElement {
  return h(
    View,
    { style: styles.foot, fixed: true },
    h(Text, { style: { ...styles.footText, fontSize: SIZES.small } }, footer),
    h(Text, {
      style: { ...styles.footText, fontSize: SIZES.small },
      render: ({ pageNumber, totalPages }) => pageOf(pageNumber, totalPages),
    }),
  );
}
