// The looks of cells, the same in every workbook, with the decimals of its currency.

export const STYLES = [
  // What cells have that say nothing: programs may look past what it sets.
  'none',
  'plain',
  'title',
  'bold',
  'header',
  'count',
  'count-total',
  'money',
  'money-total',
  'date',
  'instant',
  'note',
  'decimal',
] as const;
export type StyleName = (typeof STYLES)[number];

const indexes = new Map<string, number>(STYLES.map((name, index) => [name, index]));

export function styleIndex(name: StyleName): number {
  return indexes.get(name) ?? 0;
}

const FONTS = [
  '<font><sz val="10"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="15"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="10"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>',
  '<font><sz val="9"/><color rgb="FF5B6770"/><name val="Calibri"/><family val="2"/></font>',
].join('');

const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FF17495E"/><bgColor indexed="64"/></patternFill></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE8F0F2"/><bgColor indexed="64"/></patternFill></fill>',
].join('');

const BORDERS =
  '<border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top style="thin"><color rgb="FF17495E"/></top><bottom/><diagonal/></border>';

interface Look {
  readonly format?: number;
  readonly font?: number;
  readonly fill?: number;
  readonly border?: number;
  readonly wraps?: boolean;
}

const MONEY = 164;
const DATE = 165;
const INSTANT = 166;
const DECIMAL = 167;
/** `#,##0`, built in. */
const COUNT = 3;

const LOOKS: Record<StyleName, Look> = {
  none: {},
  plain: {},
  title: { font: 1 },
  bold: { font: 2 },
  header: { font: 3, fill: 2, wraps: true },
  count: { format: COUNT },
  'count-total': { format: COUNT, font: 2, fill: 3, border: 1 },
  money: { format: MONEY },
  'money-total': { format: MONEY, font: 2, fill: 3, border: 1 },
  date: { format: DATE },
  instant: { format: INSTANT },
  note: { font: 4, wraps: true },
  decimal: { format: DECIMAL },
};

/** `scale`: decimals of the amounts. Texts stand where a line begins, whatever letters they have. */
export function stylesXml(scale: number, rightToLeft: boolean): string {
  const money = scale === 0 ? '#,##0' : `#,##0.${'0'.repeat(scale)}`;
  const formats = [
    `<numFmt numFmtId="${MONEY}" formatCode="${money}"/>`,
    `<numFmt numFmtId="${DATE}" formatCode="yyyy\\-mm\\-dd"/>`,
    `<numFmt numFmtId="${INSTANT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>`,
    `<numFmt numFmtId="${DECIMAL}" formatCode="#,##0.###"/>`,
  ];
  return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${formats.length}">${formats.join('')}</numFmts><fonts count="5">${FONTS}</fonts><fills count="4">${FILLS}</fills><borders count="2">${BORDERS}</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${STYLES.length}">${STYLES.map((name) => xf(LOOKS[name], rightToLeft)).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function xf(
  { format = 0, font = 0, fill = 0, border = 0, wraps = false }: Look,
  rightToLeft: boolean,
): string {
  const start = format !== 0 ? '' : ` horizontal="${rightToLeft ? 'right' : 'left'}"`;
  const alignment = `<alignment${start} vertical="center"${wraps ? ' wrapText="1"' : ''}/>`;
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`;
}
