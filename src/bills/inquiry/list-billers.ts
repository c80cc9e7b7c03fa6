// Whom a channel may inquire about and pay: the agencies that an agreement in force lets it serve at this moment. An agency
// finds itself, the operator all.

import type { Biller } from '../../billers/index.ts';
import { calendarDate, termsAt } from '../../calendar/index.ts';
import { agreementAt, agreementKey, serves, type Channel, type Snapshot } from '../../channels/index.ts';
import { formatMinor } from '../../kernel/money.ts';
import { txOf } from '../../platform/db/index.ts';
import type { InquiryTools } from './inquire.ts';
import type { BillersAnswer, BillersQuery, ListedBiller } from './billers-schema.ts';
import { readMoment } from './store-inquiry.ts';

/** `channelId`: those it serves; `billerId`: this one; neither: all. */
export interface WhoLists {
  readonly channelId?: number | undefined;
  readonly billerId?: number | undefined;
}

/** In the order of their codes, by the configuration as it stands at this moment. */
export async function listBillers(
  { session, directory }: Pick<InquiryTools, 'session' | 'directory'>,
  who: WhoLists,
  query: BillersQuery,
): Promise<BillersAnswer> {
  const { now, configuration } = await readMoment(txOf(await session.connected()), 0, '');
  if (configuration !== directory.current.revision) await directory.reload();
  const { billersById, channelsById } = directory.current;
  const channel = who.channelId === undefined ? undefined : channelsById.get(who.channelId);
  const { after = '', limit = 100 } = query;
  const found = [...billersById.values()]
    .filter(({ code, billerId }) => code > after && (who.billerId ?? billerId) === billerId)
    .filter((biller) => channel === undefined || isServed(directory.current, channel, biller, query, now))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const items = found.slice(0, limit).map((biller) => show(biller, now, channel));
  return { items, next: found.length > limit ? (items.at(-1)?.billerCode ?? null) : null };
}

/** What the question does not name is not held against the channel. */
function isServed(
  { agreements }: Snapshot,
  { channelId, suspended }: Channel,
  { billerId, calendar }: Biller,
  { method, outletKind }: BillersQuery,
  now: Date,
): boolean {
  const terms = agreementAt(agreements.get(agreementKey(billerId, channelId)) ?? [], now)?.compiled;
  if (suspended || terms === undefined) return false;
  const { validFrom, validTo, methods, outletKinds } = terms;
  const asked = {
    validFrom,
    validTo,
    methods: method === undefined ? undefined : methods,
    outletKinds: outletKind === undefined ? undefined : outletKinds,
  };
  const date = calendarDate(now, calendar);
  return serves(asked, { method: method ?? 'cash', outletKind, date }) === undefined;
}

function show(
  { code, name, currency, policy, calendar }: Biller,
  now: Date,
  channel: Channel | undefined,
): ListedBiller {
  const { timeZone, cutOff } = termsAt(now, calendar);
  const limit = channel?.limitPerPayment[currency];
  return {
    billerCode: code,
    names: name,
    currency,
    policy,
    timeZone,
    cutOff,
    ...(limit !== undefined && { limitPerPayment: { value: formatMinor(limit, currency), currency } }),
  };
}
