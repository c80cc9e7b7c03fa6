// A file of statements from start to end in one call: received, read, its lines placed. For the command line; elsewhere the
// three go one after the other, each when it can.

import type { Refusal } from '../../kernel/errors.ts';
import { loadStatementFile, type LoadParts } from './load-file.ts';
import type { Placing } from './placing.ts';
import { placeStatements } from './place-lines.ts';
import { receiveStatementFile, type Received } from './receive-file.ts';
import type { Bringing } from './statement-file.ts';

/** Refuses what receive-file.ts refuses. What became of the file stands in its row; the worker may have read it first. */
export async function importStatements(
  parts: LoadParts & Placing,
  bringing: Bringing,
  stream: AsyncIterable<Buffer>,
): Promise<Received | Refusal> {
  const received = await receiveStatementFile(parts, bringing, stream);
  if ('code' in received) return received;
  await loadStatementFile(parts, received.fileId);
  await placeStatements(parts, received.fileId);
  return received;
}
