// Days that a statement may speak of, whatever the dialect: what is booked is not booked in a far future, and no bank writes
// of days before computers. Old statements are taken, for whoever takes over begins with them. Wrapped around the parts of
// a file, as check-sums.ts is; today is the books' day, told by the caller.

import { addDays, type BusinessDate } from '../../kernel/business-date.ts';
import { placeOfStatement } from './place-of-statement.ts';
import { StatementFault, type StatementHead, type StatementPart } from './statement.ts';

/** The first year that MT940 can write; an empty field read as a date lies before it. */
export const FIRST_DAY = '1980-01-01';
/** The evening before a long holiday is booked on the working day after it. */
export const BOOKED_AHEAD_DAYS = 10;
export const VALUED_AHEAD_DAYS = 100;

/** Passes the parts on. Throws StatementFault at the first day that cannot be. */
export async function* checkDates(
  parts: AsyncIterable<StatementPart>,
  today: BusinessDate,
): AsyncGenerator<StatementPart> {
  const booked = addDays(today, BOOKED_AHEAD_DAYS);
  const valued = addDays(today, VALUED_AHEAD_DAYS);
  let head: StatementHead | undefined;
  let count = 0;
  for await (const part of parts) {
    if (part.kind === 'statement') {
      head = part.head;
      count += 1;
      check('opening balance', head.opening?.on, booked, placeOfStatement(head, count));
    } else if (part.kind === 'line') {
      const { bookedOn, valuedOn, place } = part.line;
      check('day of booking', bookedOn, booked, place);
      check('day of value', valuedOn, valued, place);
    } else if (head !== undefined) {
      check('closing balance', part.tail.closing?.on, booked, placeOfStatement(head, count));
    }
    yield part;
  }
}

function check(what: string, on: BusinessDate | null | undefined, latest: BusinessDate, place: string): void {
  if (on === null || on === undefined) return;
  if (on > latest)
    throw new StatementFault(place, `its ${what} is of ${on}, and nothing after ${latest} is taken today`);
  if (on < FIRST_DAY)
    throw new StatementFault(place, `its ${what} is of ${on}, and nothing before ${FIRST_DAY} is taken`);
}
