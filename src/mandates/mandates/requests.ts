// The requests by which agencies decide about a mandate: its own when the bank has validated it, each further one once the
// first has accepted. The payer and his bank have said yes already, so one person's word is enough.

import { askApproval } from '../../approvals/index.ts';
import type { Directory } from '../../channels/index.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Cover, Mandate } from './mandate.ts';

export const MANDATE = 'mandate';

/** Of its own agency, once for each time that the bank has validated it. */
export function askAgency(tx: Tx, directory: Directory, of: Mandate): Promise<Uuid> {
  return ask(
    tx,
    directory,
    of,
    { billerId: of.billerId, payers: [of.payerId] },
    `${shownMandate(of)}.${of.submissions}`,
  );
}

/** Of a further agency, about all that the mandate covers with it: it knows the payer by these numbers, not by the first one's. */
export function askCovered(tx: Tx, directory: Directory, of: Mandate, asked: Asked): Promise<Uuid> {
  return ask(tx, directory, of, asked, `${shownMandate(of)}.cover`);
}

interface Asked {
  readonly billerId: number;
  readonly payers: readonly string[];
}

const MOST_NAMED = 3;

function named(payers: readonly string[]): string {
  const more = payers.length - MOST_NAMED;
  return `${payers.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

async function ask(
  tx: Tx,
  { current }: Directory,
  of: Mandate,
  { billerId, payers }: Asked,
  reference: string,
): Promise<Uuid> {
  const { currency, perDebitMinor, perMonthMinor } = of;
  const bank = current.channelsById.get(of.channelId)?.code ?? '';
  const { approvalId } = await askApproval(tx, {
    billerId,
    kind: MANDATE,
    reference,
    askedBy: null,
    atLeast: 1,
    subject: `mandate/${shownMandate(of)}`,
    summary: `mandate ${of.reference} of payer ${named(payers)} at ${bank}, ${of.shownAccount}: at most ${formatMinor(perDebitMinor, currency)} ${currency} at once and ${formatMinor(perMonthMinor, currency)} a month`,
    content: { mandateId: shownMandate(of), revision: of.revision },
  });
  return approvalId;
}

/** Those that may still be open: of the mandate and of what it covers. */
export function requestsOf(of: Mandate, covers: readonly Cover[]): { billerId: number; approvalId: Uuid }[] {
  const all = [{ billerId: of.billerId, approvalId: of.approvalId }, ...covers];
  const known = new Map<Uuid, { billerId: number; approvalId: Uuid }>();
  for (const { billerId, approvalId } of all)
    if (approvalId !== null) known.set(approvalId, { billerId, approvalId });
  return [...known.values()];
}

export function shownMandate({ mandateId }: Pick<Mandate, 'mandateId'>): string {
  return showId('mnd', mandateId);
}
