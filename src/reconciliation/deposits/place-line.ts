// One deposit into the books, by its plan: payments, credit, or suspense, with the journals of where the money came from,
// what the line was found to be, and the break where a person has to look. Writes nothing itself.

import type { Biller } from '../../billers/index.ts';
import type { Words } from '../../bills/link/index.ts';
import type { Code, Json } from '../../kernel/errors.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import { OPERATOR } from '../../ledger/index.ts';
import { saidBy, type Till } from '../../payments/index.ts';
import type { BreakKind, FoundBreak } from '../breaks/index.ts';
import { bookCredit, bookPayment, bookSuspense } from './book.ts';
import type { PayingPlan, Tender } from './command.ts';
import type { DepositLine, Hint, Plan } from './deposit.ts';
import { settleDeposit, settleRest, spent, type Part } from './settle.ts';
import type { Match, PlacedLine } from './store-lines.ts';

export interface PlannedLine {
  readonly line: DepositLine;
  readonly plan: Plan;
  /** Of the bills of a linked agency; `no-answer`: it has not answered for so long that nobody waits any more. */
  readonly words?: Words | 'no-answer' | undefined;
}

export interface Placed {
  readonly line: PlacedLine;
  readonly matches: readonly Match[];
  readonly breaks: readonly FoundBreak[];
  /** Why its bills are not paid. */
  readonly refusal: Code | undefined;
}

export function placeLine(till: Till, channelId: number, { line, plan, words }: PlannedLine): Placed {
  const biller = plan.kind === 'nobody' ? undefined : till.snapshot.billersById.get(plan.billerId);
  if (plan.kind === 'nobody' || biller === undefined) return suspend(till, line, plan);
  if (plan.kind === 'payer') return placed(line, [credit(till, line, plan, line.amountMinor)]);
  if (words === 'no-answer') return unpaid(till, { line, plan, biller }, 'agency-unavailable');
  return pay(till, { channelId, line, biller }, plan, words);
}

function pay(till: Till, tender: Tender, plan: PayingPlan, words: Words | undefined): Placed {
  const { line, biller } = tender;
  const settled = settleDeposit(till, tender, plan, (command) => saidBy(words, command));
  if (settled.parts.length === 0)
    return unpaid(till, { line, plan, biller }, settled.refusal ?? 'bill-not-found');
  const matches = settled.parts.map((part) => take(till, tender, part));
  if (settled.leftMinor > 0n) {
    const rest = settleRest(till, tender, plan, settled.leftMinor);
    const payerId = payerOf(till, plan);
    if (rest !== undefined) matches.push(take(till, tender, rest));
    else if (payerId !== undefined)
      matches.push(credit(till, line, { billerId: biller.billerId, payerId }, settled.leftMinor));
    else throw new Error(`the rest of deposit ${line.statementId} ${line.line} is nobody's`);
  }
  const { refusal } = settled;
  if (refusal === undefined) return placed(line, matches);
  const paymentId = settled.parts[0]?.decision.payment.paymentId;
  return { ...placed(line, matches), refusal, breaks: [refused(line, plan, { biller, refusal, paymentId })] };
}

function take(till: Till, { channelId, line, biller }: Tender, part: Part): Match {
  till.take(part.command, part.decision);
  const { paymentId } = part.decision.payment;
  const of = { billerId: biller.billerId, channelId, paymentId, amountMinor: spent(part) };
  const journalId = bookPayment(till, line, of);
  return { statementId: line.statementId, line: line.line, kind: 'deposit', ...of, journalId };
}

function credit(
  till: Till,
  line: DepositLine,
  { billerId, payerId }: { billerId: number; payerId: string },
  amountMinor: bigint,
): Match {
  const journalId = bookCredit(till, line, { billerId, payerId, amountMinor });
  const { statementId } = line;
  const nothing = { channelId: null, paymentId: null };
  return { statementId, line: line.line, kind: 'credit', billerId, ...nothing, amountMinor, journalId };
}

/** No payment, not even one that becomes credit: the payer's credit, or suspense when the channel may not serve at all. */
function unpaid(
  till: Till,
  { line, plan, biller }: { line: DepositLine; plan: PayingPlan; biller: Biller },
  refusal: Code,
): Placed {
  const payerId = payerOf(till, plan);
  const isServed = refusal !== 'biller-not-served' && refusal !== 'channel-suspended';
  if (payerId === undefined || !isServed) {
    const hints = billsOf(plan).map((billNumber): Hint => ({ billerCode: biller.code, billNumber, refusal }));
    return { ...suspend(till, line, { kind: 'nobody', why: 'refused', hints }), refusal };
  }
  const match = credit(till, line, { billerId: biller.billerId, payerId }, line.amountMinor);
  const found = refused(line, plan, { biller, refusal, paymentId: undefined });
  return { ...placed(line, [match]), refusal, breaks: [found] };
}

function placed({ statementId, line }: DepositLine, matches: readonly Match[]): Placed {
  return { line: { statementId, line, outcome: 'deposit' }, matches, breaks: [], refusal: undefined };
}

function suspend(till: Till, line: DepositLine, plan: Plan): Placed {
  const { statementId, amountMinor } = line;
  const journalId = bookSuspense(till, line, amountMinor);
  const match: Match = {
    statementId,
    line: line.line,
    kind: 'suspense',
    billerId: OPERATOR,
    channelId: null,
    paymentId: null,
    amountMinor,
    journalId,
  };
  const { why, hints } = plan.kind === 'nobody' ? plan : { why: 'none', hints: [] };
  const found = breakOf(line, 'unplaced-deposit', OPERATOR, { why, candidates: hints });
  return {
    line: { statementId, line: line.line, outcome: 'suspense' },
    matches: [match],
    breaks: [found],
    refusal: undefined,
  };
}

const KINDS: Partial<Record<Code, BreakKind>> = {
  underpayment: 'deposit-short',
  'bill-already-paid': 'deposit-already-paid',
};

function refused(
  line: DepositLine,
  plan: PayingPlan,
  { biller, refusal, paymentId }: { biller: Biller; refusal: Code; paymentId: Uuid | undefined },
): FoundBreak {
  const { billerId, code } = biller;
  const ours = {
    billerCode: code,
    bills: billsOf(plan),
    refusal,
    ...(paymentId !== undefined && { paymentId: showId('pay', paymentId) }),
  };
  return {
    ...breakOf(line, KINDS[refusal] ?? 'deposit-refused', billerId, ours),
    paymentId: paymentId ?? null,
  };
}

function breakOf(line: DepositLine, kind: BreakKind, billerId: number, ours: Json): FoundBreak {
  const { statementId, currency, amountMinor, bookedOn, text, counterparty } = line;
  return {
    billerId,
    key: `line:${statementId}:${line.line}`,
    kind,
    channelId: null,
    businessDate: null,
    reference: null,
    paymentId: null,
    statementId,
    line: line.line,
    currency,
    amountMinor,
    ours,
    theirs: { amount: { ...toText({ minor: amountMinor, currency }) }, bookedOn, text, counterparty },
  };
}

function billsOf(plan: PayingPlan): string[] {
  return plan.kind === 'code' ? [...plan.members] : plan.bills.map(({ billNumber }) => billNumber);
}

/** Of a code the payer of its bills, if all are of one. */
function payerOf(till: Till, plan: PayingPlan): string | undefined {
  if (plan.kind === 'bills') return plan.payerId;
  const [payer, ...others] = new Set(plan.members.map((number) => till.payerOf(plan.billerId, number)));
  return others.length === 0 ? payer : undefined;
}
