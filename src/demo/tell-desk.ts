// The end of the told day: what the operator's desk sees of it.

import { readBooks, tellTrace, trace } from '../desk/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Scribe } from './scribe.ts';

/** The counts of the books are left out: they grow from run to run. */
export async function tellDesk(scribe: Scribe, database: Database, receiptNumber: string): Promise<void> {
  scribe.write(
    '## The desk',
    `A payer calls with a receipt in his hand. \`npm run wasit -- trace ${receiptNumber}\` shows the whole life of his
payment: what was asked and answered, where each part of the money went, who was told.`,
  );
  const found = await trace(database, receiptNumber);
  if (found === undefined) throw new Error('the story stops: the desk does not find the receipt');
  scribe.quote(tellTrace(found));
  scribe.write(
    'And `npm run wasit -- books` proves that everything adds up, by queries that share nothing with the code that writes.',
  );
  const lines: string[] = [];
  for await (const { invariant, says, findings } of readBooks(database)) {
    lines.push(`${findings.length === 0 ? 'ok' : 'BROKEN'}  ${invariant}: ${says}`);
  }
  scribe.quote(lines.join('\n'));
}
