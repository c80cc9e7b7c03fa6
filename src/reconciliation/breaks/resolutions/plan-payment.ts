// Which payment a resolution enters: whose bills, in whose name, under which reference. A reference has one answer for
// ever, so where the channel's own stands for a refusal, or for a payment undone since, the break's id is the reference.

import { Type, type Static, type TObject } from 'typebox';
import type { Biller } from '../../../billers/index.ts';
import { calendarDate } from '../../../calendar/index.ts';
import type { BusinessDate } from '../../../kernel/business-date.ts';
import { BillNumber } from '../../../bills/index.ts';
import type { Words } from '../../../bills/link/index.ts';
import { METHODS, OUTLET_KINDS } from '../../../channels/index.ts';
import { refuse, Refused } from '../../../kernel/errors.ts';
import { showId } from '../../../kernel/ids.ts';
import { parseMinor } from '../../../kernel/money.ts';
import type { DecidedPayment } from '../../../payments/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { businessNow } from '../../../settlement/remittances/index.ts';
import { impossible, malformed } from '../find-resolution.ts';
import { said } from '../said.ts';
import type { StoredBreak } from '../store-break.ts';
import { findReference, linesOfPayment } from '../store-payment.ts';
import type { ResolutionTools } from '../tools.ts';
import { agreedMethod } from './agreed-method.ts';

export const MOST_BILLS = 50;

export const paymentFields = {
  /** Where neither the break nor the channel says whose bills they are. */
  billerCode: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  /** Where the channel does not say it, or says it wrongly; they add up to what is at stake. */
  bills: Type.Optional(
    Type.Array(
      Type.Object(
        {
          billNumber: BillNumber,
          amount: Type.Object(
            { value: Type.String({ maxLength: 32 }), currency: Type.String({ minLength: 3, maxLength: 3 }) },
            { additionalProperties: false },
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MOST_BILLS },
    ),
  ),
  method: Type.Optional(Type.Enum([...METHODS], { type: 'string' })),
  outletKind: Type.Optional(Type.Enum([...OUTLET_KINDS], { type: 'string' })),
  occurredAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
  /** What cannot pay a bill becomes the payer's credit. */
  orCredit: Type.Optional(Type.Boolean()),
};
export type PaymentFields = Static<TObject<typeof paymentFields>>;

/** Refuses `malformed-request`, `biller-not-found`, and `approval-impossible` when the payment has come by now. */
export async function planPayment(
  tx: Tx,
  { directory }: Pick<ResolutionTools, 'directory'>,
  it: StoredBreak,
  wish: PaymentFields & { readonly amountMinor: bigint },
): Promise<DecidedPayment> {
  const { channelId, currency } = it;
  if (channelId === null) throw impossible('the break is of no channel');
  const biller = billerFor({ directory }, it, wish.billerCode);
  const { billerId } = biller;
  const bills = await billsFor(tx, it, wish);
  if (bills.reduce((sum, bill) => sum + bill.amountMinor, 0n) !== wish.amountMinor)
    throw malformed('/bills', 'the bills do not add up to what is at stake');
  const occurredAt = wish.occurredAt ?? said(it.theirs, currency).occurredAt;
  return {
    channelId,
    billerId,
    reference: await referenceFor(tx, channelId, it),
    bills,
    currency,
    method: wish.method ?? agreedMethod(directory.current, { billerId, channelId }, await businessNow(tx)),
    outletKind: wish.outletKind,
    occurredAt,
    // The payer owed what he owed when he paid.
    paidOn: occurredAt === undefined ? (it.businessDate ?? undefined) : dateOf(biller, occurredAt),
    orCredit: wish.orCredit ?? false,
  };
}

/** What a linked agency says of the bills now; undefined: nobody is to be asked. Refuses `agency-unavailable`. */
export async function askAgency(
  tools: ResolutionTools,
  it: StoredBreak,
  wish: PaymentFields & { readonly amountMinor: bigint },
): Promise<Words | undefined> {
  // An agreement that has just changed says how the payer paid.
  if (wish.method === undefined) await tools.directory.refresh();
  const biller = billerFor(tools, it, wish.billerCode);
  if (biller.link === undefined) return undefined;
  const bills = await tools.database.transaction((tx) => billsFor(tx, it, wish));
  return tools.link.refreshBills(
    biller,
    biller.link,
    bills.map((bill) => bill.billNumber),
  );
}

export function billerFor(
  { directory }: Pick<ResolutionTools, 'directory'>,
  it: Pick<StoredBreak, 'billerId' | 'theirs' | 'currency'>,
  named: string | undefined,
): Biller {
  const { billersById, billersByCode } = directory.current;
  const own = billersById.get(it.billerId);
  const code = named ?? own?.code ?? said(it.theirs, it.currency).billerCode;
  if (code === undefined) throw malformed('/billerCode', 'say whose bills they are');
  if (own !== undefined && code !== own.code)
    throw malformed('/billerCode', `the break is one of ${own.code}`);
  const biller = billersByCode.get(code);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: code }));
  return biller;
}

function dateOf({ calendar }: Biller, occurredAt: string): BusinessDate | undefined {
  const instant = new Date(occurredAt);
  return Number.isNaN(instant.getTime()) ? undefined : calendarDate(instant, calendar);
}

async function billsFor(
  tx: Tx,
  it: StoredBreak,
  { bills, amountMinor }: PaymentFields & { readonly amountMinor: bigint },
): Promise<DecidedPayment['bills']> {
  if (bills !== undefined)
    return bills.map(({ billNumber, amount }, i) => {
      const minor = amount.currency === it.currency ? parseMinor(amount.value, amount.currency) : undefined;
      if (minor === undefined || minor === 0n)
        throw malformed(
          `/bills/${i}/amount`,
          `an amount above zero in ${it.currency}, with all its decimals`,
        );
      return { billNumber, amountMinor: minor };
    });
  const { billNumber } = said(it.theirs, it.currency);
  if (billNumber !== undefined) return [{ billNumber, amountMinor }];
  const lines = it.paymentId === null ? [] : await linesOfPayment(tx, it.paymentId);
  if (lines.length === 0) throw malformed('/bills', 'say which bills: the channel does not');
  return lines.map((line) => ({ billNumber: line.bill_number, amountMinor: line.amount_minor }));
}

async function referenceFor(tx: Tx, channelId: number, it: StoredBreak): Promise<string> {
  const derived = showId('brk', it.breakId);
  if (it.reference === null) return derived;
  const standing = await findReference(tx, channelId, it.reference);
  if (standing === undefined) return it.reference;
  const isLive = ['accepted', 'credited'].includes(standing.outcome) && !standing.is_reversed;
  if (isLive) throw impossible(`the payment under ${it.reference} is there by now`);
  return derived;
}
