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
function decideSaid(
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

/** What is written for a word, besides that it was said. */
export interface Effect {
  /** The bill gets the content that was said. */
  readonly intake?: 'created' | 'replaced' | 'reopened';
  /** And is then owed no longer. */
  readonly closes: boolean;
}

/**
 * `incoming` is what was said of the bill, undefined when the agency does not know it. `contradiction`: the same version
 * with another content.
 */
export function decideWord(
  said: Said,
  incoming: IncomingBill | undefined,
  standing: StandingBill | undefined,
  last: Said | undefined,
): Effect | 'contradiction' {
  if (incoming === undefined) return { closes: standing?.status === 'open' };
  if (said !== 'open' && standing?.status === 'cancelled') return { closes: false };
  const outcome = decideSaid(last)(standing, incoming);
  if (outcome === 'version-reused') return 'contradiction';
  // What was presented with a higher version stands; that it is owed no longer holds whatever the version.
  const isOpen = outcome !== 'bill-already-paid' && outcome !== 'bill-cancelled';
  const intake =
    outcome === 'created' || outcome === 'replaced' || outcome === 'reopened' ? outcome : undefined;
  return { ...(intake !== undefined && { intake }), closes: said !== 'open' && isOpen };
}
