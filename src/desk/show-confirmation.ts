// What became of an event on its way to the agency, for the person at the desk.

import type { ConfirmationRow } from './store-trace-confirmation.ts';

/**
 * `unnumbered`: committed, not in the feed yet. `feed`: there for who reads it, no webhook was told. `waiting`: to be
 * sent. `aside`: refused, or behind one that was, and tried again. `parked`: given up. `delivered`: acknowledged.
 */
export type ConfirmationState = 'unnumbered' | 'feed' | 'waiting' | 'aside' | 'parked' | 'delivered';

export function showConfirmation(row: ConfirmationRow, type: string) {
  const state = stateOf(row, type);
  const isTried = state === 'waiting' || state === 'aside' || state === 'parked';
  return {
    state,
    number: row.number === null ? null : Number(row.number),
    deliveredAt: state === 'delivered' ? (row.delivered_at?.toISOString() ?? null) : null,
    attempts: row.attempts ?? 0,
    failure: isTried ? row.last_failure : null,
    nextTryAt: isTried && state !== 'parked' ? (row.next_try_at?.toISOString() ?? null) : null,
  };
}

function stateOf(row: ConfirmationRow, type: string): ConfirmationState {
  if (row.number === null) return 'unnumbered';
  if (row.state !== null) return row.state === 'parked' ? 'parked' : 'aside';
  const isPast = row.delivered_number !== null && row.number <= row.delivered_number;
  if (isPast) return row.is_before === true || !wants(row, type) ? 'feed' : 'delivered';
  return row.webhook === null ? 'feed' : 'waiting';
}

/** As its webhook says today. */
function wants({ webhook, wanted }: ConfirmationRow, type: string): boolean {
  return (
    webhook === null ||
    wanted === null ||
    wanted.includes(type) ||
    wanted.includes(type.replace(/\..*$/, '.*'))
  );
}

export function tellConfirmation({
  state,
  number,
  deliveredAt,
  attempts,
  failure,
  nextTryAt,
}: ReturnType<typeof showConfirmation>): string {
  const place = `number ${number} of the feed`;
  const again = nextTryAt === null ? '' : `, again at ${nextTryAt}`;
  const because = failure === null ? '' : `: ${failure}`;
  const words: Record<ConfirmationState, string> = {
    unnumbered: 'not in the feed yet',
    feed: `${place}, for no webhook`,
    waiting: `${place}, waits to be delivered${because}${again}`,
    aside:
      attempts === 0
        ? `${place}, aside behind another of its bills`
        : `${place}, aside after ${attempts} tries${because}${again}`,
    parked: `${place}, given up${because}`,
    delivered: `${place}, delivered by ${deliveredAt}`,
  };
  return words[state];
}
