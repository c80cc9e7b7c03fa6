// Who asks, on which terms, when: what decides the fee of an inquiry and whether it is answered at all.

import type { KeyObject } from 'node:crypto';
import type { Biller } from '../../billers/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import {
  agreementAt,
  agreementKey,
  serves,
  type Channel,
  type Directory,
  type Snapshot,
} from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseMinor } from '../../kernel/money.ts';
import type { InquiryBody } from './schema.ts';
import type { Circumstances } from './show-bill.ts';

/**
 * Before an agency is asked, by the configuration as this process has it: nobody's question goes out who may not ask
 * at all. What it lets through is judged again, with the books' time, when the answer is there.
 */
export function checkMayAsk(
  { agreements }: Snapshot,
  { channelId, suspended }: Pick<Channel, 'channelId' | 'suspended'>,
  { billerId, code }: Biller,
): void {
  if (suspended) throw new Refused(refuse('channel-suspended'));
  const latest = agreements.get(agreementKey(billerId, channelId))?.at(-1);
  if (latest?.compiled === undefined)
    throw new Refused(refuse('biller-not-served', { billerCode: code, field: 'agreement' }));
}

/** Who asks, on which terms, when: by the configuration as it stands at this moment. */
export async function circumstances(
  { directory, quoteKey }: { readonly directory: Directory; readonly quoteKey: KeyObject },
  channelId: number,
  body: InquiryBody,
  { now, configuration }: { now: Date; configuration: bigint },
): Promise<Circumstances> {
  if (configuration !== directory.current.revision) await directory.reload();
  const { billersByCode, channelsById, agreements } = directory.current;
  const biller = billersByCode.get(body.billerCode);
  const channel = channelsById.get(channelId);
  if (biller === undefined || channel === undefined)
    throw new Refused(refuse('biller-not-found', { billerCode: body.billerCode }));
  if (channel.suspended) throw new Refused(refuse('channel-suspended'));
  const today = calendarDate(now, biller.calendar);
  const outletKind = body.outlet?.kind;
  const terms = agreementAt(agreements.get(agreementKey(biller.billerId, channelId)) ?? [], now)?.compiled;
  const method = body.method ?? terms?.methods?.[0] ?? 'cash';
  const field = terms === undefined ? 'agreement' : serves(terms, { method, outletKind, date: today });
  // A channel may ask before it knows where the payer stands: only what the question names is held against it.
  const asked =
    field === 'agreement' ||
    (field === 'method' && body.method !== undefined) ||
    (field === 'outlet' && outletKind !== undefined);
  if (terms === undefined || asked)
    throw new Refused(refuse('biller-not-served', { billerCode: biller.code, field: field ?? 'agreement' }));
  const tenderedMinor = body.amount && readTendered(body.amount, biller);
  return { biller, channel, terms, method, outletKind, now, today, quoteKey, tenderedMinor };
}

function readTendered({ value, currency }: NonNullable<InquiryBody['amount']>, biller: Biller): bigint {
  if (currency !== biller.currency)
    throw new Refused(
      refuse('currency-mismatch', { field: 'amount', expected: biller.currency, given: currency }),
    );
  const minor = parseMinor(value, currency);
  if (minor !== undefined) return minor;
  const errors = [{ pointer: '/amount/value', detail: `not an amount of ${currency} with its decimals` }];
  throw new Refused(refuse('malformed-request', undefined, { errors }));
}
