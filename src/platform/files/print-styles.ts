// Sizes, colours and directions of a printed page. react-pdf mirrors nothing by itself: right-to-left rows are reversed
// here, once.

import type { Styles } from '@react-pdf/renderer';

type Style = Styles[string];

export const SIZES = { small: 7, body: 8.5, large: 10, title: 18 } as const;
const SIDE = 38;
/** Points between the margins of A4. */
export const PAGE_WIDTH = 595.28 - 2 * SIDE;
const INK = '#1c2b33';
const FAINT = '#5b6770';
const RULE = '#c8d3d8';
const ACCENT = '#17495e';
const SHADE = '#e8f0f2';

export type PageStyles = ReturnType<typeof stylesOf>;

export function stylesOf(isRightToLeft: boolean, fontFamily: string) {
  const base = directions(isRightToLeft);
  return {
    ...pageStyles(base, fontFamily, isRightToLeft),
    ...accountStyles(base),
    ...tableStyles(base),
    ...smallPrintStyles(base),
  };
}

function directions(isRightToLeft: boolean) {
  const row = isRightToLeft ? 'row-reverse' : 'row';
  const text: Style = {
    direction: isRightToLeft ? 'rtl' : 'ltr',
    textAlign: isRightToLeft ? 'right' : 'left',
  };
  const code: Style = { direction: 'ltr', textAlign: isRightToLeft ? 'right' : 'left' };
  // On the right in every language, so that the points of the amounts stand below each other.
  const number: Style = { direction: 'ltr', textAlign: 'right' };
  const line: Style = {
    flexDirection: row,
    borderBottomWidth: 0.5,
    borderBottomColor: RULE,
    paddingVertical: 2,
  };
  return { row, text, code, number, line } as const;
}

type Directions = ReturnType<typeof directions>;

function pageStyles({ row, text, code }: Directions, fontFamily: string, isRightToLeft: boolean) {
  const page: Style = {
    fontFamily,
    fontSize: SIZES.body,
    color: INK,
    lineHeight: 1.35,
    paddingTop: 34,
    paddingBottom: 46,
    paddingHorizontal: SIDE,
  };
  return {
    page,
    head: { borderBottomWidth: 2, borderBottomColor: ACCENT, paddingBottom: 8, marginBottom: 8 },
    title: { ...text, fontSize: SIZES.title, fontWeight: 700, color: ACCENT, lineHeight: 1.5 },
    party: { ...text, fontSize: SIZES.large + 2, fontWeight: 700, lineHeight: 1.5 },
    subject: { flexDirection: row, flexWrap: 'wrap', marginTop: 4 },
    subjectItem: { marginTop: 6, ...(isRightToLeft ? { marginLeft: 26 } : { marginRight: 26 }) },
    label: { ...text, fontSize: SIZES.small, color: FAINT },
    strong: { ...text, fontSize: SIZES.large, fontWeight: 700 },
    strongCode: { ...code, fontSize: SIZES.large, fontWeight: 700 },
    foot: {
      position: 'absolute',
      // From the top: what is set from the bottom and rendered late (page numbers) is never drawn (react-pdf 4.9).
      top: 798,
      left: SIDE,
      right: SIDE,
      flexDirection: row,
      justifyContent: 'space-between',
      borderTopWidth: 0.5,
      borderTopColor: RULE,
      paddingTop: 4,
    },
    footText: { ...text, color: FAINT, fontSize: SIZES.small },
    footCode: { ...code, color: FAINT, fontSize: SIZES.small },
  } satisfies Record<string, Style>;
}

function accountStyles({ text, number, line }: Directions) {
  return {
    account: { marginTop: 4, marginBottom: 4, fontSize: SIZES.body + 0.5 },
    accountRow: { ...line },
    accountTotal: {
      ...line,
      backgroundColor: SHADE,
      borderTopWidth: 1,
      borderTopColor: ACCENT,
      fontWeight: 700,
    },
    accountLabel: { ...text, flexGrow: 1, flexBasis: 0, paddingHorizontal: 4 },
    accountTitle: {
      ...text,
      flexGrow: 1,
      flexBasis: 0,
      fontSize: SIZES.large,
      fontWeight: 700,
      color: ACCENT,
    },
    amount: { ...number, width: '28%', paddingHorizontal: 4 },
    amountHead: {
      ...text,
      textAlign: 'right',
      width: '28%',
      paddingHorizontal: 4,
      fontSize: SIZES.small,
      color: FAINT,
    },
  } satisfies Record<string, Style>;
}

function tableStyles({ text, code, number, line }: Directions) {
  return {
    tableTitle: {
      ...text,
      fontSize: SIZES.large,
      fontWeight: 700,
      color: ACCENT,
      marginTop: 9,
      marginBottom: 2,
    },
    row: line,
    headRow: { ...line, backgroundColor: ACCENT },
    totalRow: { ...line, backgroundColor: SHADE, fontWeight: 700 },
    cell: { ...text, paddingHorizontal: 4 },
    codeCell: { ...code, paddingHorizontal: 4 },
    numberCell: { ...number, paddingHorizontal: 4 },
    headCell: {
      ...text,
      paddingHorizontal: 4,
      color: '#ffffff',
      fontSize: SIZES.small + 0.5,
      fontWeight: 700,
    },
    headNumber: {
      ...text,
      textAlign: number.textAlign,
      paddingHorizontal: 4,
      color: '#ffffff',
      fontSize: SIZES.small + 0.5,
      fontWeight: 700,
    },
  } satisfies Record<string, Style>;
}

function smallPrintStyles({ row, text, code }: Directions) {
  return {
    facts: { marginTop: 8 },
    fact: { flexDirection: row, paddingVertical: 1 },
    factLabel: { ...text, width: '24%', color: FAINT },
    text: { ...text, flexGrow: 1, flexBasis: 0 },
    digest: { ...code, flexGrow: 1, flexBasis: 0, fontFamily: 'Courier', fontSize: SIZES.small },
    note: { ...text, fontSize: SIZES.small + 0.5, color: FAINT, marginTop: 5 },
    signatures: { flexDirection: row, justifyContent: 'space-between', marginTop: 16, marginBottom: 10 },
    signature: { width: '30%' },
    signatureLabel: {
      ...text,
      fontWeight: 700,
      paddingBottom: 34,
      borderBottomWidth: 0.75,
      borderBottomColor: INK,
    },
    signatureHint: { ...text, fontSize: SIZES.small, color: FAINT, paddingTop: 2 },
  } satisfies Record<string, Style>;
}
