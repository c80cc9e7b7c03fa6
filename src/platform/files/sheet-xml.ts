// A sheet as XML, in pieces of some hundred kilobytes while its rows are still being read.

import { columnName, LAST_ROW, type Cell, type Row, type Sheet } from './sheet.ts';
import { styleIndex } from './styles.ts';

const PIECE = 256 * 1024;

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

export async function* sheetXml(
  sheet: Sheet,
  rightToLeft: boolean,
  shared: SharedTexts,
): AsyncGenerator<Buffer, void, undefined> {
  let text = opening(sheet, rightToLeft);
  let count = 0;
  for await (const row of sheet.rows) {
    count += 1;
    if (count > LAST_ROW) throw new RangeError(`a sheet has no row ${count}`);
    text += rowXml(row, String(count), shared);
    if (text.length >= PIECE) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text + CLOSING);
}

function opening({ widths, frozenRows }: Sheet, rightToLeft: boolean): string {
  const columns = widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const pane =
    frozenRows === 0
      ? ''
      : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="1" workbookViewId="0"${rightToLeft ? ' rightToLeft="1"' : ''}>${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="14"/><cols>${columns}</cols><sheetData>`;
}

const CLOSING =
  '</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>';

function rowXml(row: Row, number: string, shared: SharedTexts): string {
  // Heads may be two lines high.
  let xml = `<row r="${number}"${row[0]?.style === 'header' ? ' ht="30" customHeight="1"' : ''}>`;
  for (let i = 0; i < row.length; i++) {
    const cell = row[i];
    if (cell !== undefined) xml += cellXml(cell, columnName(i) + number, shared);
  }
  return `${xml}</row>`;
}

function cellXml(cell: NonNullable<Cell>, at: string, shared: SharedTexts): string {
  const look = ` s="${styleIndex(cell.style ?? 'plain')}"`;
  if ('text' in cell) {
    const index = cell.repeats === true ? shared.indexOf(cell.text) : undefined;
    return index === undefined
      ? `<c r="${at}"${look} t="inlineStr"><is>${textElement(cell.text)}</is></c>`
      : `<c r="${at}"${look} t="s"><v>${index}</v></c>`;
  }
  const formula = 'formula' in cell ? `<f>${escapeXml(cell.formula)}</f>` : '';
  return `<c r="${at}"${look}>${formula}<v>${cell.number}</v></c>`;
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
