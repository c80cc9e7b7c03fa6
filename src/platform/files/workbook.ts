// An Office Open XML workbook (ECMA-376) as a stream of bytes: typed cells, right-to-left sheets, formulas with their
// results. Written here, since the usual writer needs half a minute of a busy core and a clock for what takes seconds.
// The same sheets give the same bytes.

import { LAST_ROW, type Sheet } from './sheet.ts';
import { escapeXml, SharedTexts, sheetXml } from './sheet-xml.ts';
import { stylesXml } from './styles.ts';
import { zip, type ZipEntry } from './zip.ts';

export interface Workbook {
  readonly title: string;
  /** What its properties give as the time of its making. */
  readonly madeAt: Date;
  readonly rightToLeft: boolean;
  /** Decimals of the amounts. */
  readonly scale: number;
  /** Asked for one after the other, each when the one before is written. */
  readonly sheets: Iterable<Sheet> | AsyncIterable<Sheet>;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export function writeWorkbook(workbook: Workbook): AsyncGenerator<Buffer, void, undefined> {
  return zip(entriesOf(workbook));
}

async function* entriesOf(workbook: Workbook): AsyncGenerator<ZipEntry> {
  const shared = new SharedTexts();
  const look = { rightToLeft: workbook.rightToLeft, footer: workbook.title };
  const names: string[] = [];
  const repeated: number[] = [];
  for await (const sheet of workbook.sheets) {
    names.push(sheetName(sheet.name, names));
    repeated.push(sheet.frozenRows);
    yield {
      name: `xl/worksheets/sheet${names.length}.xml`,
      content: sheetXml(sheet, look, shared),
    };
  }
  yield part('xl/sharedStrings.xml', shared.xml());
  yield part('xl/styles.xml', stylesXml(workbook.scale, workbook.rightToLeft));
  yield part('xl/workbook.xml', workbookXml(names, repeated));
  yield part('xl/_rels/workbook.xml.rels', workbookRelations(names.length));
  yield part('docProps/core.xml', properties(workbook));
  yield part('_rels/.rels', RELATIONS);
  yield part('[Content_Types].xml', contentTypes(names.length));
}

function part(name: string, xml: string): ZipEntry {
  return { name, content: [Buffer.from(HEAD + xml)] };
}

/** Sheets have different names, of at most 31 characters, without `: \ / ? * [ ]`. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const plain = wanted.replaceAll(/[:\\/?*[\]]/g, ' ').slice(0, 31);
  for (let n = 1; ; n++) {
    const name = n === 1 ? plain : `${plain.slice(0, 27)} ${n}`;
    if (!taken.includes(name)) return name;
  }
}

/** `repeated`: rows at the top of each sheet that every printed page of it begins with. */
function workbookXml(names: readonly string[], repeated: readonly number[]): string {
  const sheets = names
    .map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('');
  const titles = repeated
    .map((rows, i) =>
      rows === 0
        ? ''
        : `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${escapeXml(`'${(names[i] ?? '').replaceAll("'", "''")}'!$1:$${rows}`)}</definedName>`,
    )
    .join('');
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${sheets}</sheets>${titles === '' ? '' : `<definedNames>${titles}</definedNames>`}<calcPr calcId="0" fullCalcOnLoad="1"/></workbook>`;
}

function workbookRelations(sheets: number): string {
  const ids = Array.from({ length: sheets }, (_, i) => i + 1);
  const all = [
    ...ids.map((id) => relation(`rId${id}`, `${OFFICE}/worksheet`, `worksheets/sheet${id}.xml`)),
    relation(`rId${sheets + 1}`, `${OFFICE}/styles`, 'styles.xml'),
    relation(`rId${sheets + 2}`, `${OFFICE}/sharedStrings`, 'sharedStrings.xml'),
  ];
  return `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
}

const RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', `${OFFICE}/officeDocument`, 'xl/workbook.xml')}${relation('rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml')}</Relationships>`;

function properties({ title, madeAt }: Workbook): string {
  const at = `${madeAt.toISOString().slice(0, 19)}Z`;
  return `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:creator>Wasit</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created></cp:coreProperties>`;
}

function contentTypes(sheets: number): string {
  const override = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${type}"/>`;
  const all = [
    override('xl/workbook.xml', `${TYPE}.sheet.main+xml`),
    ...Array.from({ length: sheets }, (_, i) =>
      override(`xl/worksheets/sheet${i + 1}.xml`, `${TYPE}.worksheet+xml`),
    ),
    override('xl/styles.xml', `${TYPE}.styles+xml`),
    override('xl/sharedStrings.xml', `${TYPE}.sharedStrings+xml`),
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
  ];
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${all.join('')}</Types>`;
}

/** Rows in lots of so many as fit a sheet below `head` rows; the last lot may be empty only when all are. */
export async function* inSheets<T>(
  rows: AsyncIterable<T>,
  head: number,
  most = LAST_ROW,
): AsyncGenerator<AsyncGenerator<T, void, undefined>> {
  const source = rows[Symbol.asyncIterator]();
  let next = await source.next();
  do {
    yield lot(most - head);
  } while (next.done !== true);

  async function* lot(count: number): AsyncGenerator<T, void, undefined> {
    for (let i = 0; i < count && next.done !== true; i++) {
      const { value } = next;
      next = await source.next();
      yield value;
    }
  }
}
