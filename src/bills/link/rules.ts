// What an agency's word over the link does to a bill that we hold. Versions guard what is presented against coming late;
// a word over the link is of this moment, so a bill that was closed by such a word is opened again by another.

import {
  decideIntake,
  type IncomingBill,
  type Intake,
  type IntakeRefusal,
  type StandingBill,
} from '../rules.ts';

/** What the agency said when it was asked last. */
export type Said = 'open' | 'paid' | 'cancelled' | 'unknown';

/** `last`: its last word on the bill; undefined when it was never asked for it. */
export function decideSaid(
  last: Said | undefined,
): (standing: StandingBill | undefined, incoming: IncomingBill) => Intake | IntakeRefusal {
  return (standing, incoming) => {
    const outcome = decideIntake(standing, incoming);
    const wasClosedHere = outcome === 'bill-cancelled' && last !== undefined && last !== 'open';
    return wasClosedHere && !isLower(incoming.version, standing?.version ?? null) ? 'reopened' : outcome;
  };
}

function isLower(incoming: bigint | null, standing: bigint | null): boolean {
  return incoming !== null && standing !== null && incoming < standing;
}
