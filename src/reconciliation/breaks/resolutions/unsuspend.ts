// Out of suspense again, by a further approval: given back to the channel, paid to bills, or to a payer's credit. What an
// operator's book holds reaches a biller's through what the channel owes, which is one debt over all books.

import { Type, type Static } from 'typebox';
import type { Words } from '../../../bills/link/index.ts';
import { showId } from '../../../kernel/ids.ts';
import { money } from '../../../kernel/money.ts';
import { accountOf, OPERATOR } from '../../../ledger/index.ts';
import { payByDecision, type OpenDate } from '../../../payments/index.ts';
import { addCredit, take } from '../../../payments/credit/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible, malformed } from '../find-resolution.ts';
import type { BookedJournal, Resolution } from '../resolution.ts';
import { inSuspense } from '../stake.ts';
import type { StoredBreak } from '../store-break.ts';
import { isPayer } from '../store-payment.ts';
import type { ResolutionTools } from '../tools.ts';
import { bookResolution, charge, lockBook, owedOn } from './charge.ts';
import { askAgency, billerFor, paymentFields, planPayment } from './plan-payment.ts';

const KINDS: Resolution['kinds'] = ['missing-here', 'amount-differs', 'status-differs', 'duplicate-there'];
const Nothing = Type.Object({}, { additionalProperties: false });
const Place = Type.Object(paymentFields, { additionalProperties: false });
const Payer = Type.Object(
  { billerCode: paymentFields.billerCode, payerId: Type.String({ minLength: 1, maxLength: 64 }) },
  { additionalProperties: false },
);

export function givingBack(tools: ResolutionTools): Resolution {
  return {
    name: 'give-back',
    kinds: KINDS,
    of: 'suspense',
    read: partReader(Nothing, ''),
    propose: () =>
      Promise.resolve('out of suspense: the channel gives it back to its payer, and owes it no more'),
    async carryOut(tx, { it }) {
      const lying = await inSuspense(tx, it);
      const day = await lockBook(tx, tools.directory, lying.billerId);
      await charge(tx, tools, channelOf(it), money(-lying.minor, it.currency));
      return { journals: [await leave(tx, tools, it, lying, day)] };
    },
  };
}

export function placing(tools: ResolutionTools): Resolution<Static<typeof Place>, Words | undefined> {
  return {
    name: 'place',
    kinds: KINDS,
    of: 'suspense',
    read: partReader(Place, ''),

    async prepare(it, content) {
      const { minor } = await tools.database.transaction((tx) => inSuspense(tx, it));
      return askAgency(tools, it, { ...content, amountMinor: minor });
    },

    async propose(tx, it, content) {
      const { minor } = await inSuspense(tx, it);
      const plan = await planPayment(tx, tools, derived(it), { ...content, amountMinor: minor });
      return `out of suspense: pay ${plan.bills.map((bill) => bill.billNumber).join(', ')} with it`;
    },

    async carryOut(tx, { it, content, prepared: words }) {
      const lying = await inSuspense(tx, it);
      const plan = await planPayment(tx, tools, derived(it), { ...content, amountMinor: lying.minor });
      const wish = { ...plan, words, freedMinor: lying.minor };
      const { paymentId, billerId, currency } = await payByDecision(tx, tools, wish);
      const day = await lockBook(tx, tools.directory, lying.billerId);
      await charge(tx, tools, channelOf(it), money(-lying.minor, currency));
      const left = await leave(tx, tools, it, lying, day);
      return {
        journals: [left, { billerId, journalId: paymentId, currency, suspenseMinor: 0n, paymentId }],
        told: { paymentId: showId('pay', paymentId) },
      };
    },
  };
}

export function crediting(tools: ResolutionTools): Resolution<Static<typeof Payer>> {
  return {
    name: 'credit',
    kinds: KINDS,
    of: 'suspense',
    read: partReader(Payer, ''),

    async propose(tx, it, { billerCode, payerId }) {
      const biller = billerFor(tools, it, billerCode);
      if (!(await isPayer(tx, biller.billerId, payerId)))
        throw malformed('/payerId', `${biller.code} has no bill of such a payer`);
      return `out of suspense: credit of ${payerId} of ${biller.code}`;
    },

    async carryOut(tx, { it, content: { billerCode, payerId } }) {
      const { currency } = it;
      const { billerId, currency: expected } = billerFor(tools, it, billerCode);
      if (currency !== expected) throw impossible(`the biller is paid in ${expected}`);
      const lying = await inSuspense(tx, it);
      const day = await lockBook(tx, tools.directory, lying.billerId);
      const own = await lockBook(tx, tools.directory, billerId);
      const acceptedAt = own.now.toISOString();
      const lines = [{ payerId, amountMinor: lying.minor }];
      await addCredit(tx, [{ billerId, currency, acceptedAt, lines }]);
      const credited = await bookResolution(tx, tools, own, {
        billerId,
        currency,
        suspenseMinor: 0n,
        postings: [
          { account: owedOn(tools, channelOf(it), currency), amountMinor: lying.minor },
          { account: accountOf('payer/credit', 0, currency), amountMinor: -lying.minor },
        ],
      });
      // As a payment that is placed: the biller's book before the operator's.
      return { journals: [await leave(tx, tools, it, lying, day), credited] };
    },
  };
}

/** The channel's own reference stands for what was matched; what is placed later bears the break's. */
function derived(it: StoredBreak): StoredBreak {
  return { ...it, reference: null };
}

/** Dr suspense, Cr what the channel owes. Refuses `credit-insufficient` when it was used otherwise meanwhile. */
async function leave(
  tx: Tx,
  tools: ResolutionTools,
  it: StoredBreak,
  { billerId, minor }: { billerId: number; minor: bigint },
  day: OpenDate,
): Promise<BookedJournal> {
  const { currency } = it;
  if (billerId !== OPERATOR) await take(tx, billerId, '', money(minor, currency));
  return bookResolution(tx, tools, day, {
    billerId,
    currency,
    suspenseMinor: -minor,
    postings: [
      { account: accountOf('suspense', 0, currency), amountMinor: minor },
      { account: owedOn(tools, channelOf(it), currency), amountMinor: -minor },
    ],
  });
}

function channelOf({ channelId }: StoredBreak): number {
  if (channelId === null) throw impossible('the break is of no channel');
  return channelId;
}
