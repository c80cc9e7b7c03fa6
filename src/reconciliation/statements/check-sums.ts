// Opening balance + movements = closing balance, whatever the dialect. Wrapped around the parts of a file, so that it is
// proved while it streams; the fault comes before the end of the statement at fault is passed on.

import { formatMinor } from '../../kernel/money.ts';
import { placeOfStatement } from './place-of-statement.ts';
import {
  StatementFault,
  type StatementBalance,
  type StatementHead,
  type StatementPart,
} from './statement.ts';

/** Passes the parts on. Throws StatementFault where a statement lacks a balance or does not add up; a notification has none. */
export async function* checkSums(parts: AsyncIterable<StatementPart>): AsyncGenerator<StatementPart> {
  let head: StatementHead | undefined;
  let count = 0;
  let movements = 0n;
  for await (const part of parts) {
    if (part.kind === 'statement') {
      count++;
      movements = 0n;
      head = part.head;
    } else if (head === undefined) {
      throw new Error(`a ${part.kind} outside of a statement`);
    } else if (part.kind === 'line') {
      movements += part.line.minor;
    } else {
      checkStatement(head, count, movements, part.tail.closing);
      head = undefined;
    }
    yield part;
  }
  if (head !== undefined) throw new Error(`statement ${count} has no end`);
}

function checkStatement(
  head: StatementHead,
  count: number,
  movements: bigint,
  closing: StatementBalance | null,
): void {
  if (head.form === 'notification') return;
  const place = placeOfStatement(head, count);
  if (head.opening === null) throw new StatementFault(place, 'it says no opening balance');
  if (closing === null) throw new StatementFault(place, 'it says no closing balance');
  const sum = head.opening.minor + movements;
  if (sum === closing.minor) return;
  const shown = (minor: bigint): string => formatMinor(minor, head.currency);
  throw new StatementFault(
    place,
    `its opening balance ${shown(head.opening.minor)} and its movements ${shown(movements)} make ${shown(sum)} ` +
      `${head.currency}, but it says that it closes with ${shown(closing.minor)}`,
  );
}
