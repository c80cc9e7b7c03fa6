// Before a payment of a linked agency's bills goes to the lane: what the agency said of them must not be older than the
// biller allows, else it is asked again, here and never inside the transaction. When it does not answer, its policy
// decides: the last word holds and the payment says so, or nothing is done.

import type { Biller, BillerLink } from '../billers/index.ts';
import { checkMayAsk } from '../bills/inquiry/index.ts';
import type { AgencyLink } from '../bills/link/index.ts';
import type { Channel, Directory } from '../channels/index.ts';
import type { Database } from '../platform/db/index.ts';
import { billNumbersOf, type PaymentCommand } from './command.ts';
import { findReference } from './store-read.ts';

export interface AskingTools {
  readonly database: Database;
  readonly directory: Directory;
  readonly link: AgencyLink;
}

/**
 * The command with what the agency says. A reference that has its answer already goes on as it is: a replay needs no
 * agency. Refuses `agency-unavailable`, recorded nowhere; and who may not pay at all, before the agency is troubled.
 */
export async function askAgency(
  { database, directory, link: agencies }: AskingTools,
  channel: Channel,
  biller: Biller,
  link: BillerLink,
  command: PaymentCommand,
): Promise<PaymentCommand> {
  const { channelId, reference } = command;
  if (await database.transaction((tx) => findReference(tx, channelId, reference))) return command;
  checkMayAsk(directory.current, channel, biller);
  const { stale, asOf, words } = await agencies.refreshBills(biller, link, billNumbersOf(command));
  if (!stale) return { ...command, words };
  const agencySaidAt = asOf?.toISOString();
  return {
    ...command,
    words,
    agencySaidAt,
    detailsText: JSON.stringify({ ...command.details, agencySaidAt }),
  };
}
