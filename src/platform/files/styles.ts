// The looks of cells, the same in every workbook, with the decimals of its currency.

export const STYLES = [
  // What cells have that say nothing: programs may look past what it sets.
  'none',
  'plain',
  'title',
  'heading',
  'header',
  'header-end',
  'total',
  'count',
  'count-total',
  'money',
  'money-total',
  'decimal',
  'percent',
  'date',
  'instant',
  'minute',
  'note',
  'code',
  'digest',
] as const;
export type StyleName = (typeof STYLES)[number];

const indexes = new Map<string, number>(STYLES.map((name, index) => [name, index]));

export function styleIndex(name: StyleName): number {
  return indexes.get(name) ?? 0;
}

const colour = (rgb: string): string => `<color rgb="FF${rgb}"/>`;
const ACCENT = '17495E';
const FAINT = '5B6770';

const font = (size: number, bold = false, rgb = '000000', name = 'Calibri'): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/>${colour(rgb)}<name val="${name}"/></font>`;
const FONTS = [
  font(10),
  font(16, true, ACCENT),
  font(11, true, ACCENT),
  font(10, true, 'FFFFFF'),
  font(10, true),
  font(9, false, FAINT),
  font(9, false, '000000', 'Consolas'),
];
const [TITLE_FONT, HEADING_FONT, HEADER_FONT, BOLD_FONT, NOTE_FONT, DIGEST_FONT] = [1, 2, 3, 4, 5, 6];

const solid = (rgb: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;
// The first two are set by the format.
const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  solid(ACCENT),
  solid('E8F0F2'),
];
const [ACCENT_FILL, SHADE_FILL] = [2, 3];

const edge = (side: string, rgb: string): string => `<${side} style="thin">${colour(rgb)}</${side}>`;
const BORDERS = [
  '<border><left/><right/><top/><bottom/><diagonal/></border>',
  `<border><left/><right/><top/>${edge('bottom', 'D5DEE2')}<diagonal/></border>`,
  `<border><left/><right/>${edge('top', ACCENT)}<bottom/><diagonal/></border>`,
];
const [RULE_BELOW, RULE_ABOVE] = [1, 2];

/** Where a text begins in its cell: with the line, at the right as numbers do, or with the line but left to right. */
type Side = 'start' | 'right' | 'code';

interface Look {
  readonly format?: number;
  readonly font?: number | undefined;
  readonly fill?: number | undefined;
  readonly border?: number | undefined;
  readonly side?: Side;
  readonly wraps?: boolean;
}

const MONEY = 164;
const DATE = 165;
const INSTANT = 166;
const DECIMAL = 167;
const MINUTE = 168;
/** `#,##0` and `0.00%`, built in. */
const COUNT = 3;
const PERCENT = 10;

const line = { border: RULE_BELOW } as const;
const total = { font: BOLD_FONT, fill: SHADE_FILL, border: RULE_ABOVE } as const;
const header = { font: HEADER_FONT, fill: ACCENT_FILL, wraps: true } as const;

const LOOKS: Record<StyleName, Look> = {
  none: {},
  plain: line,
  title: { font: TITLE_FONT },
  heading: { font: HEADING_FONT },
  header,
  'header-end': { ...header, side: 'right' },
  total,
  count: { ...line, format: COUNT, side: 'right' },
  'count-total': { ...total, format: COUNT, side: 'right' },
  money: { ...line, format: MONEY, side: 'right' },
  'money-total': { ...total, format: MONEY, side: 'right' },
  decimal: { ...line, format: DECIMAL, side: 'right' },
  percent: { ...line, format: PERCENT, side: 'right' },
  date: { ...line, format: DATE, side: 'code' },
  instant: { ...line, format: INSTANT, side: 'code' },
  minute: { ...line, format: MINUTE, side: 'code' },
  note: { font: NOTE_FONT },
  code: { ...line, side: 'code' },
  digest: { ...line, font: DIGEST_FONT, side: 'code' },
};

/** `scale`: decimals of the amounts. Texts stand where a line begins, whatever letters they have; codes keep their order. */
export function stylesXml(scale: number, rightToLeft: boolean): string {
  const money = scale === 0 ? '#,##0' : `#,##0.${'0'.repeat(scale)}`;
  const formats = [
    `<numFmt numFmtId="${MONEY}" formatCode="${money}"/>`,
    `<numFmt numFmtId="${DATE}" formatCode="yyyy\\-mm\\-dd"/>`,
    `<numFmt numFmtId="${INSTANT}" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>`,
    `<numFmt numFmtId="${DECIMAL}" formatCode="#,##0.0"/>`,
    `<numFmt numFmtId="${MINUTE}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>`,
  ];
  return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${formats.length}">${formats.join('')}</numFmts>${list('fonts', FONTS)}${list('fills', FILLS)}${list('borders', BORDERS)}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${STYLES.length}">${STYLES.map((name) => xf(LOOKS[name], rightToLeft)).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

const list = (name: string, items: readonly string[]): string =>
  `<${name} count="${items.length}">${items.join('')}</${name}>`;

function xf(
  { format = 0, font = 0, fill = 0, border = 0, side = 'start', wraps = false }: Look,
  rightToLeft: boolean,
): string {
  const horizontal = side === 'right' || rightToLeft ? 'right' : 'left';
  const order = side === 'code' ? ' readingOrder="1"' : '';
  const alignment = `<alignment horizontal="${horizontal}" vertical="center"${wraps ? ' wrapText="1"' : ''}${order}/>`;
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`;
}
