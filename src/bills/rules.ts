// What becomes of a bill that comes in, by what is known of it already. One table for PUT and for every line of a
// file (api.md, "Agencies"). Contents are compared by hash; the version is the agency's and not part of it.

export interface StandingBill {
  readonly status: 'open' | 'paid' | 'cancelled';
  /** Open, but the last day to pay is past. */
  readonly expired: boolean;
  readonly version: bigint | null;
  readonly contentHash: string;
}

export interface IncomingBill {
  readonly version: bigint | null;
  readonly contentHash: string;
}

/** `reopened` is a replacement that makes a cancelled or expired bill payable again. */
export type Intake = 'created' | 'replaced' | 'reopened' | 'unchanged';
export type IntakeRefusal =
  'bill-already-paid' | 'bill-cancelled' | 'bill-in-debit' | 'stale-version' | 'version-reused';

/** `standing` undefined: the number is new to this biller. */
export function decideIntake(
  standing: StandingBill | undefined,
  incoming: IncomingBill,
): Intake | IntakeRefusal {
  if (standing === undefined) return 'created';
  if (standing.status === 'paid') return 'bill-already-paid';
  if (standing.status === 'cancelled')
    return isHigher(incoming.version, standing.version) ? 'reopened' : 'bill-cancelled';
  const same = incoming.contentHash === standing.contentHash;
  if (incoming.version !== null && standing.version !== null) {
    if (incoming.version < standing.version) return 'stale-version';
    if (incoming.version === standing.version) return same ? 'unchanged' : 'version-reused';
  } else if (same && incoming.version === null) {
    return 'unchanged';
  }
  return standing.expired ? 'reopened' : 'replaced';
}

export function isIntake(outcome: Intake | IntakeRefusal): outcome is Intake {
  return outcome === 'created' || outcome === 'replaced' || outcome === 'reopened' || outcome === 'unchanged';
}

/** What a debit at the bank collects does not change until it is answered; the same again is no change. */
export function holdBack(outcome: Intake | IntakeRefusal, isInDebit: boolean): Intake | IntakeRefusal {
  return isInDebit && (outcome === 'replaced' || outcome === 'reopened') ? 'bill-in-debit' : outcome;
}

/** Any version is higher than none; none is higher than nothing. */
function isHigher(incoming: bigint | null, standing: bigint | null): boolean {
  return incoming !== null && (standing === null || incoming > standing);
}
