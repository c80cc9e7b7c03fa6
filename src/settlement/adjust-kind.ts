// A correction by decision of persons: what the biller is owed changes without a payment, against suspense or the
// operator's fees. Dated in the open day and never in a closed one (rules.md, "Reversal and adjustment"); its journal is
// Dr or Cr biller/payable.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { recordAudit, type Actor } from '../access/index.ts';
import type { Approval, ApprovalKind } from '../approvals/index.ts';
import type { Biller } from '../billers/index.ts';
import type { Snapshot } from '../channels/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { billerOf, newId, parseId, showId, type Uuid } from '../kernel/ids.ts';
import { formatMinor, money, parseMinor, type Money } from '../kernel/money.ts';
import { accountOf, Entries, recordEntries } from '../ledger/index.ts';
import type { Tx } from '../platform/db/index.ts';
import {
  addCredit,
  insertAdjustment,
  isPayment,
  lockOpenDay,
  mendBooks,
  take,
  type CreditTools,
} from '../payments/credit/index.ts';

export type AdjustTools = Pick<CreditTools, 'directory' | 'lane' | 'openDays'>;

const code = Type.Optional(Type.String({ minLength: 1, maxLength: 64 }));
const Content = Type.Object(
  {
    /** Signed: what the biller gets more; `-12.500` is less. */
    amount: Type.Object(
      {
        value: Type.String({ pattern: '^-?[0-9]+(\\.[0-9]+)?$', maxLength: 32 }),
        currency: Type.String({ minLength: 3, maxLength: 3 }),
      },
      { additionalProperties: false },
    ),
    against: Type.Enum(['suspense', 'fees'], { type: 'string' }),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
    paymentId: code,
    unit: code,
    service: code,
    budgetLine: code,
    channelCode: code,
  },
  { additionalProperties: false },
);
type Wish = Static<typeof Content>;
const shape = Compile(Content);

export function adjustKind(tools: AdjustTools): ApprovalKind {
  return {
    kind: 'adjustment',
    askers: ['operator-admin', 'support', 'finance-officer'],
    mend: (error) => mendBooks(tools, error),

    async propose(tx, { billerId, content }) {
      const { wish, biller, amount, paymentId } = readWish(tools.directory.current, billerId, content);
      if (paymentId !== undefined && !(await isPayment(tx, billerId, paymentId)))
        throw new Refused(refuse('payment-not-found', { paymentId: wish.paymentId ?? '' }));
      const isMore = amount.minor > 0n;
      const shown = formatMinor(isMore ? amount.minor : -amount.minor, amount.currency);
      return {
        subject: `biller/${biller.code}`,
        summary: `${shown} ${amount.currency} ${isMore ? 'more' : 'less'} for ${biller.code} against ${wish.against}: ${wish.reason}`,
        content: wish,
        amount,
      };
    },

    accepted: (tx, approval, actor) => adjust(tx, tools, approval, actor),
  };
}

/** Locks the open day (shared), suspense when it is against that, and balances. Refuses `credit-insufficient`. */
async function adjust(tx: Tx, tools: AdjustTools, approval: Approval, actor: Actor): Promise<void> {
  const { billerId, approvalId } = approval;
  const { wish, biller, amount, paymentId, channelId } = readWish(
    tools.directory.current,
    billerId,
    approval.content,
  );
  const { businessDate, now } = await lockOpenDay(tx, billerId);
  const recordedAt = now.toISOString();
  if (wish.against === 'suspense') await moveSuspense(tx, billerId, amount, recordedAt);
  const journalId = newId(now.getTime(), billerId);
  const against = wish.against === 'suspense' ? 'suspense' : 'fees/income';
  const entries = new Entries();
  entries.add(
    {
      billerId,
      journalId,
      kind: 'correction',
      paymentId: paymentId ?? null,
      businessDate,
      recordedAt,
    },
    [
      { account: accountOf(against, 0, amount.currency), amountMinor: amount.minor },
      { account: accountOf('biller/payable', 0, amount.currency), amountMinor: -amount.minor },
    ],
  );
  await insertAdjustment(tx, {
    billerId,
    adjustmentId: newId(now.getTime(), billerId),
    kind: 'correction',
    reason: wish.reason,
    currency: amount.currency,
    amountMinor: amount.minor,
    paymentId,
    unit: wish.unit,
    service: wish.service,
    budgetLine: wish.budgetLine,
    channelId,
    approvalId,
    journalId,
    businessDate,
    recordedAt: now,
  });
  await recordEntries(tx, entries, tools.lane);
  const after = { ...wish, approval: showId('apr', approvalId), date: businessDate };
  await recordAudit(tx, actor, { action: 'biller.adjust', subject: `biller/${biller.code}`, after });
}

/** What the biller gets more comes out of suspense; what it gets less goes there. */
async function moveSuspense(tx: Tx, billerId: number, { minor, currency }: Money, at: string): Promise<void> {
  if (minor > 0n) return take(tx, billerId, '', money(minor, currency));
  await addCredit(tx, [
    { billerId, currency, acceptedAt: at, lines: [{ payerId: null, amountMinor: -minor }] },
  ]);
}

interface Read {
  readonly wish: Wish;
  readonly biller: Biller;
  readonly amount: Money;
  readonly paymentId?: Uuid;
  readonly channelId?: number;
}

/** Refuses `malformed-request`, `currency-mismatch`, `unit-not-found`, `service-not-found`. */
function readWish(snapshot: Snapshot, billerId: number, content: unknown): Read {
  if (!shape.Check(content))
    throw malformed(
      '/content',
      'amount { value, currency }, against (suspense or fees), reason and, if you like, paymentId, unit, service, budgetLine, channelCode',
    );
  const biller = snapshot.billersById.get(billerId);
  if (biller === undefined) throw new Error(`biller ${billerId} is not there`);
  const { value, currency } = content.amount;
  if (currency !== biller.currency)
    throw new Refused(
      refuse('currency-mismatch', { field: 'amount', expected: biller.currency, given: currency }),
    );
  const minor = parseMinor(value.replace(/^-/, ''), currency);
  if (minor === undefined || minor === 0n)
    throw malformed('/content/amount', 'an amount other than zero with exactly the decimals of its currency');
  const { unit, service, channelCode } = content;
  if (unit !== undefined && !biller.units.has(unit)) throw new Refused(refuse('unit-not-found', { unit }));
  if (service !== undefined && !biller.services.has(service))
    throw new Refused(refuse('service-not-found', { service }));
  const channel = channelCode === undefined ? undefined : snapshot.channelsByCode.get(channelCode);
  if (channelCode !== undefined && channel === undefined)
    throw malformed('/content/channelCode', 'there is no such channel');
  const paymentId = content.paymentId === undefined ? undefined : parseId('pay', content.paymentId);
  if (content.paymentId !== undefined && (paymentId === undefined || billerOf(paymentId) !== billerId))
    throw malformed('/content/paymentId', 'no payment of this biller has this id');
  return {
    wish: content,
    biller,
    amount: money(value.startsWith('-') ? -minor : minor, currency),
    ...(paymentId !== undefined && { paymentId }),
    ...(channel !== undefined && { channelId: channel.channelId }),
  };
}

function malformed(pointer: string, detail: string): Refused {
  return new Refused(refuse('malformed-request', undefined, { errors: [{ pointer, detail }] }));
}
