// A day file as a stream of lines and faults, the same for CSV and NDJSON. Numbered as the sender's editor numbers them;
// blank lines are none. Memory does not grow with the file.

import {
  csvRecords,
  FAULT_WORDS,
  textLines,
  UnreadableFile,
  type CsvRecord,
} from '../../platform/intake/index.ts';
import type { LineFormat } from '../../platform/http/index.ts';
import type { DayLine, LineFault } from './day.ts';
import { FIELDS, readLine, REQUIRED_FIELDS, type Places } from './read-line.ts';

/** Throws `UnreadableFile` where the file as a whole is at fault. */
export function dayLines(
  format: LineFormat,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<(DayLine | LineFault)[]> {
  return format === 'csv' ? csvLines(bytes) : ndjsonLines(bytes);
}

/** In words what is wrong with the names of the columns. */
export function headerFault(names: readonly string[]): string | undefined {
  const known: readonly string[] = FIELDS;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    return `unknown column ${JSON.stringify(unknown.slice(0, 40))}; known are ${FIELDS.join(', ')}`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `the column ${twice} comes twice`;
  const missing = REQUIRED_FIELDS.filter((name) => !names.includes(name));
  return missing.length > 0 ? `the header lacks ${missing.join(', ')}` : undefined;
}

export interface Header {
  readonly width: number;
  readonly at: Places;
}

/** `known`: what has been read of the file before these bytes, its header and so many lines. */
export async function* csvLines(
  bytes: AsyncIterable<Buffer>,
  known?: { readonly header: Header; readonly nextLine: number },
): AsyncGenerator<(DayLine | LineFault)[]> {
  let header = known?.header;
  for await (const records of csvRecords(textLines(bytes, known?.nextLine))) {
    const lines: (DayLine | LineFault)[] = [];
    for (const record of records) {
      if (header === undefined) header = mustReadHeader(record.fields);
      else lines.push(csvLine(record, header));
    }
    yield lines;
  }
  if (header === undefined) throw new UnreadableFile('the file has no header');
}

function mustReadHeader(fields: CsvRecord['fields']): Header {
  if (typeof fields === 'string') throw new UnreadableFile(FAULT_WORDS[fields]);
  return readHeader(fields);
}

/** Throws `UnreadableFile`. */
export function readHeader(names: readonly string[]): Header {
  const fault = headerFault(names);
  if (fault !== undefined) throw new UnreadableFile(fault);
  return { width: names.length, at: placesOf(names) };
}

function placesOf(names: readonly string[]): Places {
  return Object.fromEntries(FIELDS.map((name) => [name, names.indexOf(name)])) as Record<
    keyof Places,
    number
  >;
}

function csvLine({ line, fields }: CsvRecord, { width, at }: Header): DayLine | LineFault {
  if (typeof fields === 'string') return { line, field: '', detail: FAULT_WORDS[fields] };
  if (fields.length !== width)
    return { line, field: '', detail: `${fields.length} fields where the header has ${width}` };
  return readLine(line, fields, at);
}

async function* ndjsonLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<(DayLine | LineFault)[]> {
  for await (const batch of textLines(bytes)) {
    const lines: (DayLine | LineFault)[] = [];
    batch.lines.forEach((text, index) => {
      const line = batch.first + index;
      if (typeof text !== 'string') lines.push({ line, field: '', detail: FAULT_WORDS[text.fault] });
      else if (text.trim() !== '') lines.push(ndjsonLine(line, text));
    });
    yield lines;
  }
}

const AS_LISTED = placesOf(FIELDS);
const PLACES: ReadonlyMap<string, number> = new Map(FIELDS.map((name, at) => [name, at]));

function ndjsonLine(line: number, text: string): DayLine | LineFault {
  const fields = parsed(text);
  if (fields === undefined) return { line, field: '', detail: 'the line is not a JSON object' };
  const texts = FIELDS.map(() => '');
  for (const [name, value] of Object.entries(fields)) {
    const place = PLACES.get(name);
    if (place === undefined) return { line, field: name.slice(0, 64), detail: 'is not known here' };
    if (typeof value !== 'string') return { line, field: name, detail: 'must be a string' };
    texts[place] = value;
  }
  const twice = twiceNamed(text, fields);
  if (twice !== undefined) return { line, field: twice.slice(0, 64), detail: 'comes twice in the line' };
  return readLine(line, texts, AS_LISTED);
}

const JSON_STRINGS = /"(?:[^"\\]|\\.)*"/g;

/** JSON.parse keeps the last of two equal names without a word. `fields` are texts alone; '': which one is not to be told. */
function twiceNamed(text: string, fields: Record<string, unknown>): string | undefined {
  const strings = text.match(JSON_STRINGS) ?? [];
  if (strings.length <= 2 * Object.keys(fields).length) return undefined;
  const names = strings.filter((_, at) => at % 2 === 0).map((name) => String(JSON.parse(name)));
  return names.find((name, at) => names.indexOf(name) !== at) ?? '';
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
