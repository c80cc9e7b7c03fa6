// A sheet as XML, in pieces of some hundred kilobytes while its rows are still being read.

import { columnName, LAST_ROW, type Cell, type Row, type Sheet } from './sheet.ts';
import { styleIndex } from './styles.ts';

const PIECE = 256 * 1024;
/** At most, of a UTF-16 code unit in UTF-8. */
const BYTES_OF_UNIT = 3;

/** Texts that stand in many cells are kept once, as long as there are not too many of them. */
export class SharedTexts {
  readonly #indexes = new Map<string, number>();
  static readonly #MOST = 20_000;

  indexOf(text: string): number | undefined {
    const known = this.#indexes.get(text);
    if (known !== undefined || this.#indexes.size >= SharedTexts.#MOST) return known;
    this.#indexes.set(text, this.#indexes.size);
    return this.#indexes.size - 1;
  }

  xml(): string {
    const items = [...this.#indexes.keys()].map((text) => `<si>${textElement(text)}</si>`);
    return `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${items.length}">${items.join('')}</sst>`;
  }
}

/** What the sheets of a workbook have in common. */
export interface SheetLook {
  readonly rightToLeft: boolean;
  /** On every printed page, with its number. */
  readonly footer: string;
}

export async function* sheetXml(
  sheet: Sheet,
  look: SheetLook,
  shared: SharedTexts,
): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(opening(sheet, look.rightToLeft));
  let piece = Buffer.allocUnsafe(PIECE);
  let end = 0;
  let count = 0;
  for await (const row of sheet.rows) {
    count += 1;
    if (count > LAST_ROW) throw new RangeError(`a sheet has no row ${count}`);
    const xml = rowXml(row, String(count), sheet.widths, shared);
    const most = xml.length * BYTES_OF_UNIT;
    if (end + most > piece.length) {
      yield piece.subarray(0, end);
      piece = Buffer.allocUnsafe(Math.max(PIECE, most));
      end = 0;
    }
    end += piece.write(xml, end);
  }
  yield piece.subarray(0, end);
  yield Buffer.from(closing(sheet, look));
}

function opening({ widths, frozenRows }: Sheet, rightToLeft: boolean): string {
  const columns = widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const pane =
    frozenRows === 0
      ? ''
      : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" workbookViewId="0"${rightToLeft ? ' rightToLeft="1"' : ''}>${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" customHeight="1"/><cols>${columns}</cols><sheetData>`;
}

const A4 = 9;
const A3 = 8;
/** Characters side by side that A4 across shows in a size that can be read. */
const READABLE_ON_A4 = 210;

/** As wide as the paper, as many pages long as it takes. */
function closing({ widths }: Sheet, { rightToLeft, footer }: SheetLook): string {
  const paper = widths.reduce((all, width) => all + width, 0) > READABLE_ON_A4 ? A3 : A4;
  const title = escapeXml(footer.replaceAll('&', '&&').slice(0, MOST_IN_FOOTER));
  const [start, end] = rightToLeft ? ['&amp;R', '&amp;L'] : ['&amp;L', '&amp;R'];
  return `</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="${paper}" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>${start}${title}${end}&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`;
}

/** A footer has at most 255 characters. */
const MOST_IN_FOOTER = 200;

function rowXml(row: Row, number: string, widths: readonly number[], shared: SharedTexts): string {
  const height = heightOf(row, widths);
  let xml = `<row r="${number}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>`;
  const inRow = `${number}" s="`;
  for (let i = 0; i < row.length; i++) {
    const cell = row[i];
    // A gap keeps the rule below its row.
    xml += columnOpening(i) + inRow + (cell === undefined ? GAP : cellXml(cell, shared));
  }
  return `${xml}</row>`;
}

const openings: string[] = [];

function columnOpening(index: number): string {
  return (openings[index] ??= `<c r="${columnName(index)}`);
}

const GAP = `${styleIndex('plain')}"/>`;

/** Points that a row needs beyond the usual: titles, and heads of several lines. */
function heightOf(row: Row, widths: readonly number[]): number | undefined {
  const style = row[0]?.style;
  if (style === 'title') return 28;
  if (style === 'heading') return 20;
  if (style !== 'header') return undefined;
  const lines = row.map((cell, i) =>
    cell !== undefined && 'text' in cell ? linesOf(cell.text, widths[i] ?? 0) : 1,
  );
  return 6 + 14 * Math.max(...lines);
}

/** Lines that bold words take in a column of so many characters. */
function linesOf(text: string, width: number): number {
  let lines = 1;
  let filled = 0;
  for (const word of text.split(' ')) {
    const length = word.length * 1.15;
    if (filled > 0 && filled + 1 + length > width - 1) {
      lines += 1;
      filled = 0;
    }
    filled += (filled === 0 ? 0 : 1) + length;
    // A word that is too long for itself is divided.
    if (filled > width) lines += 1;
  }
  return lines;
}

/** From the number of its style on. */
function cellXml(cell: NonNullable<Cell>, shared: SharedTexts): string {
  const style = styleIndex(cell.style ?? 'plain');
  if ('text' in cell) {
    const index = cell.repeats === true ? shared.indexOf(cell.text) : undefined;
    return index === undefined
      ? `${style}" t="inlineStr"><is>${textElement(cell.text)}</is></c>`
      : `${style}" t="s"><v>${index}</v></c>`;
  }
  const formula = 'formula' in cell ? `<f>${escapeXml(cell.formula)}</f>` : '';
  return `${style}">${formula}<v>${cell.number}</v></c>`;
}

function textElement(text: string): string {
  return text === text.trim()
    ? `<t>${escapeXml(text)}</t>`
    : `<t xml:space="preserve">${escapeXml(text)}</t>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML must escape, and what it cannot hold at all. */
const SPECIAL = /[&<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const ALL = new RegExp(SPECIAL, 'g');

export function escapeXml(text: string): string {
  return SPECIAL.test(text) ? text.replace(ALL, (character) => ESCAPES[character] ?? '') : text;
}
