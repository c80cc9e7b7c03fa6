// How a statement follows the one before it of the same account. Told, and not judged: what is between two statements
// may still come, and a bank may send a day twice.

export const CONTINUITIES = ['first', 'continues', 'gap', 'overlap', 'unknown'] as const;
export type Continuity = (typeof CONTINUITIES)[number];

/** A statement as far as others follow it. Dates may be missing, and balances of notifications are. */
export interface Span {
  readonly reference: string;
  readonly sequence: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  readonly lines: number;
}

/** `before`: the latest one that ends no later; `meets`: others of the account that say some of the same days. */
export function continuityOf(span: Span, before: Span | undefined, meets: readonly Span[]): Continuity {
  const { from, to, openingMinor } = span;
  if (openingMinor === null || from === null || to === null) return 'unknown';
  if ([before, ...meets].some((other) => other !== undefined && isTwin(span, other))) return 'overlap';
  if (before === undefined) return meets.length > 0 ? 'overlap' : 'first';
  // Pages of one day follow each other by their balances; so do the days. A day on which nothing is left over closes as it
  // opened: what opens so on the same day is that day again, and not its next page.
  const isAgain = meets.some((other) => other.lines > 0 && other.openingMinor === openingMinor);
  const isAfter = before.to === null || before.to < from || (before.to === from && !isAgain);
  if (isAfter && before.closingMinor === openingMinor) return 'continues';
  return meets.length > 0 ? 'overlap' : 'gap';
}

/** The same days again, in a file of other bytes: by its number, else by all that it says of itself. */
function isTwin(one: Span, other: Span): boolean {
  if (one.from !== other.from || one.to !== other.to) return false;
  if (one.sequence !== null && other.sequence !== null)
    return one.sequence === other.sequence && one.openingMinor === other.openingMinor;
  return (
    one.openingMinor === other.openingMinor &&
    one.closingMinor === other.closingMinor &&
    one.lines === other.lines
  );
}
