// Makes one document of a settlement in a process of its own, whose heap is kept as the worker's is, and throws its
// bytes away: input and output are JSON on standard input and output.

import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { openDatabase } from '../../src/platform/db/index.ts';
import { keepHeapSmall } from '../../src/platform/small-heap.ts';
import { documentBytes } from '../../src/settlement/documents/make-documents.ts';
import { readReport } from '../../src/settlement/documents/store-report.ts';
import type { DocumentKey } from '../../src/settlement/documents/document.ts';
import { peakMemoryMb } from './memory.ts';

export interface MakePlan extends Pick<DocumentKey, 'settlementId' | 'format' | 'language'> {
  readonly url: string;
  /** How often; the first is the cold one. */
  readonly times: number;
}

export interface MakeResult {
  readonly seconds: readonly number[];
  readonly bytes: number;
  /** The same each time, or the figures mean nothing. */
  readonly sha256: readonly string[];
  readonly peakMb: number;
}

keepHeapSmall();
const plan = JSON.parse(await text(process.stdin)) as MakePlan;
const database = openDatabase(plan.url);
const report = await database.transaction((tx) => readReport(tx, 1, plan.settlementId));
if (report === undefined) throw new Error('no settlement');
const seconds: number[] = [];
const sha256: string[] = [];
let bytes = 0;
for (let time = 0; time < plan.times; time++) {
  const startedAt = performance.now();
  const hash = createHash('sha256');
  bytes = 0;
  for await (const piece of documentBytes(database, report, plan)) {
    bytes += piece.length;
    hash.update(piece);
  }
  seconds.push((performance.now() - startedAt) / 1000);
  sha256.push(hash.digest('hex'));
}
await database.close();
const result: MakeResult = { seconds, bytes, sha256, peakMb: await peakMemoryMb(process.pid) };
process.stdout.write(JSON.stringify(result));
