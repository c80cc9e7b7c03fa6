// A bill file as a stream of bills and rejects, the same for CSV and NDJSON. Numbered as the sender's editor numbers
// its lines; blank lines are none. Memory does not grow with the file.

import type { LineFormat } from '../platform/http/index.ts';
import { csvRecords, textLines, UnreadableFile } from '../platform/intake/index.ts';
import { rejectFault, rejectRefusal, type BillLine, type Reject } from './bill-line.ts';
import { columnOf, readCsvHeader, readCsvRecord, type CsvHeader } from './csv-columns.ts';
import { pathOf, readNdjsonLine } from './ndjson-line.ts';
import { readBillBody, type BillerSettings } from './read-bill-body.ts';
import type { BillBody } from './schema.ts';

/** Leaves out the first `skip` data lines unread: what an earlier run has dealt with. */
export function billLines(
  format: LineFormat,
  bytes: AsyncIterable<Buffer>,
  biller: BillerSettings,
  skip = 0,
): AsyncGenerator<BillLine[]> {
  return format === 'csv' ? csvLines(bytes, biller, skip) : ndjsonLines(bytes, biller, skip);
}

async function* csvLines(
  bytes: AsyncIterable<Buffer>,
  biller: BillerSettings,
  skip: number,
): AsyncGenerator<BillLine[]> {
  let header: CsvHeader | undefined;
  let passed = 0;
  for await (const records of csvRecords(textLines(bytes))) {
    const lines: BillLine[] = [];
    for (const { line, fields } of records) {
      if (header === undefined) header = mustReadHeader(fields);
      else if (passed++ >= skip) lines.push(csvLine(line, fields, header, biller));
    }
    yield lines;
  }
  if (header === undefined) throw new UnreadableFile('the file has no header');
}

function mustReadHeader(fields: Parameters<typeof csvLine>[1]): CsvHeader {
  const header = typeof fields === 'string' ? rejectFault(fields).detail : readCsvHeader(fields);
  if (typeof header === 'string') throw new UnreadableFile(header);
  return header;
}

function csvLine(
  line: number,
  fields: readonly string[] | Parameters<typeof rejectFault>[0],
  header: CsvHeader,
  biller: BillerSettings,
): BillLine {
  if (typeof fields === 'string') return { line, reject: rejectFault(fields) };
  const read = readCsvRecord(fields, header);
  return 'code' in read
    ? { line, reject: read }
    : checked(line, read.billNumber, read.body, biller, columnOf);
}

async function* ndjsonLines(
  bytes: AsyncIterable<Buffer>,
  biller: BillerSettings,
  skip: number,
): AsyncGenerator<BillLine[]> {
  let passed = 0;
  for await (const batch of textLines(bytes)) {
    const lines: BillLine[] = [];
    batch.lines.forEach((text, index) => {
      if (typeof text === 'string' && text.trim() === '') return;
      if (passed++ < skip) return;
      const line = batch.first + index;
      if (typeof text !== 'string') lines.push({ line, reject: rejectFault(text.fault) });
      else lines.push(ndjsonLine(line, readNdjsonLine(text), biller));
    });
    yield lines;
  }
}

function ndjsonLine(line: number, read: ReturnType<typeof readNdjsonLine>, biller: BillerSettings): BillLine {
  if (isReject(read)) return { line, reject: read };
  const { billNumber, ...body } = read;
  return checked(line, billNumber, body, biller, pathOf);
}

function isReject(read: ReturnType<typeof readNdjsonLine>): read is Reject {
  return 'code' in read;
}

function checked(
  line: number,
  billNumber: string,
  body: BillBody,
  biller: BillerSettings,
  nameOf: (pointer: string) => string,
): BillLine {
  const read = readBillBody(billNumber, body, biller);
  return 'refusal' in read
    ? { line, reject: rejectRefusal(read.refusal, nameOf) }
    : { line, bill: read.bill };
}
