// What each line of one of the operator's accounts is, decided from facts alone: rules.md, "Statements and direct
// deposits", and docs/statements.md say why. Lines are judged in their order, and one knows what the ones before it took.

import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { isCharge } from './charge-codes.ts';
import type { ChannelFact, Facts, OrderFact, OriginalFact, RemittanceFact } from './facts.ts';
import { debitTotal, ofDebit, type DebitPlan, type TakenDebits } from './plan-debit.ts';
import { channelCodes, debitsIn, endToEndIds, messageIds } from './references.ts';
import { keyOf, type WaitingLine } from './waiting-line.ts';

export type Plan =
  | { readonly kind: 'wait' }
  /** `confirms`: it is confirmed now; else a journal of an earlier proof says it already. */
  | { readonly kind: 'remittance'; readonly remittance: RemittanceFact; readonly confirms: boolean }
  | { readonly kind: 'returned'; readonly remittance: RemittanceFact; readonly returns: boolean }
  | { readonly kind: 'order-total'; readonly order: OrderFact }
  | Exclude<DebitPlan, { kind: 'wait' | 'break' }>
  | { readonly kind: 'channel'; readonly channel: ChannelFact }
  | { readonly kind: 'top-up'; readonly channel: ChannelFact }
  | { readonly kind: 'charge' }
  | { readonly kind: 'reversed'; readonly original: OriginalFact }
  | { readonly kind: 'deposit' }
  /** `seeks`: what is like it is looked for, to be proposed to a person. */
  | {
      readonly kind: 'break';
      readonly breakKind: 'unplaced-line' | 'doubtful-line';
      readonly ours: Record<string, Json>;
      readonly seeks: boolean;
    };

/** A line and what it is to be. */
export type Planned<Kind extends Plan['kind']> = {
  readonly line: WaitingLine;
  readonly plan: Extract<Plan, { kind: Kind }>;
};

/** In the order of `lines`. */
export function planLot(lines: readonly WaitingLine[], facts: Facts): Plan[] {
  const taken = nothingTaken();
  return lines.map((line) => planLine(line, facts, taken));
}

/** What lines of this lot have spoken for: remittances gone out, come back; lines taken back. */
interface Taken extends TakenDebits {
  readonly out: Set<Uuid>;
  readonly back: Set<Uuid>;
  readonly reversed: Set<string>;
}

function nothingTaken(): Taken {
  return {
    out: new Set(),
    back: new Set(),
    reversed: new Set(),
    credited: new Set(),
    returned: new Set(),
  };
}

function planLine(line: WaitingLine, facts: Facts, taken: Taken): Plan {
  const doubt = facts.doubts.get(keyOf(line));
  if (doubt?.outcome === null) return { kind: 'wait' };
  if (doubt !== undefined)
    return { kind: 'break', breakKind: 'doubtful-line', ours: { alike: doubt }, seeks: false };
  const remittance = first(endToEndIds(line), facts.remittances);
  if (remittance !== undefined) return ofRemittance(line, remittance, taken);
  const debit = first(namesOf(line), facts.debits);
  if (debit !== undefined) return ofDebit(line, debit, taken);
  const total = totalOf(line, facts);
  if (total !== undefined) return total;
  if (line.isReversal) return reversal(line, facts.originals.get(keyOf(line)), taken);
  if (line.returnReason !== null && line.amountMinor > 0n)
    return unplaced('money came back, and no end-to-end id says whose', {}, true);
  if (isCharge(line.code)) return { kind: 'charge' };
  if (line.amountMinor < 0n) return unplaced('nothing of ours says what was paid', {}, true);
  const channel = payingChannel(line, facts);
  if (channel === undefined) return { kind: 'deposit' };
  return { kind: channel.funding === 'prefunded' ? 'top-up' : 'channel', channel };
}

/** The whole of an order file that it names: what went out by one of ours, or came in by one of debits. */
function totalOf(line: WaitingLine, { orders, debitFiles }: Facts): Plan | undefined {
  const names = messageIds(line);
  const order = line.amountMinor < 0n ? first(names, orders) : undefined;
  const file = line.amountMinor > 0n && !line.isReversal ? first(names, debitFiles) : undefined;
  if (order !== undefined) return orderTotal(line, order);
  return file && debitTotal(line, file);
}

type OfRemittance = Extract<Plan, { kind: 'wait' | 'remittance' | 'returned' | 'break' }>;

/** What the line is when it is about this remittance. */
export function ofRemittance(
  line: WaitingLine,
  remittance: RemittanceFact,
  taken: Taken = nothingTaken(),
): OfRemittance {
  return line.amountMinor < 0n ? outgoing(line, remittance, taken) : returning(line, remittance, taken);
}

function outgoing(line: WaitingLine, remittance: RemittanceFact, { out }: Taken): OfRemittance {
  const { remittanceId, state, confirmJournal } = remittance;
  const fault = misfit(line, remittance);
  if (fault !== undefined) return unplaced(fault, shown(remittance));
  if (remittance.isProved || out.has(remittanceId))
    return unplaced('the remittance was paid out before: the bank has debited it twice', shown(remittance));
  if (state === 'sent' && remittance.isUnderway) return { kind: 'wait' };
  if (state !== 'sent' && confirmJournal === null)
    return unplaced(`the bank paid out a remittance that is ${state}`, shown(remittance));
  out.add(remittanceId);
  return { kind: 'remittance', remittance, confirms: state === 'sent' };
}

function returning(line: WaitingLine, remittance: RemittanceFact, { back }: Taken): OfRemittance {
  const { remittanceId, state, returnJournal, confirmJournal } = remittance;
  const fault = misfit(line, remittance);
  if (fault !== undefined) return unplaced(fault, shown(remittance));
  if (remittance.isBack || back.has(remittanceId))
    return unplaced('the remittance came back before', shown(remittance));
  if (state === 'sent' && remittance.isUnderway) return { kind: 'wait' };
  const wasBack = state === 'returned' && returnJournal !== null && confirmJournal !== null;
  if (state !== 'sent' && state !== 'confirmed' && !wasBack)
    return unplaced(`money came back for a remittance that is ${state}`, shown(remittance));
  back.add(remittanceId);
  return { kind: 'returned', remittance, returns: !wasBack };
}

function misfit(line: WaitingLine, { paysFrom, amountMinor }: RemittanceFact): string | undefined {
  if (paysFrom !== line.accountId) return 'the remittance is paid from another account';
  const said = line.amountMinor < 0n ? -line.amountMinor : line.amountMinor;
  return said === amountMinor ? undefined : 'the remittance is of another amount';
}

/** Again when it is carried out, for that takes several transactions. */
export function orderTotal(line: WaitingLine, order: OrderFact): Plan {
  const ours = { order: order.messageId, liveMinor: String(order.liveMinor) };
  if (order.accountId !== line.accountId)
    return unplaced('the order is paid from another account', ours, true);
  if (order.matchedBy.some((key) => key !== keyOf(line)))
    return unplaced('remittances of the order are proved by other lines', ours);
  if (order.isUnderway) return { kind: 'wait' };
  if (order.liveMinor !== -line.amountMinor)
    return unplaced('the total of the order is another amount', ours, true);
  return { kind: 'order-total', order };
}

const REVERSIBLE: ReadonlySet<string> = new Set(['charge', 'channel', 'suspense']);

function reversal(line: WaitingLine, original: OriginalFact | undefined, { reversed }: Taken): Plan {
  if (original === undefined) return unplaced('the bank takes back a booking that we do not find', {});
  const ours = { statementId: original.statementId, line: original.line, outcome: original.outcome };
  if (original.outcome === null) return { kind: 'wait' };
  const key = keyOf(original);
  if (original.isTakenBack || reversed.has(key))
    return unplaced('the bank has taken this booking back before', ours);
  // What a channel was given back by decision comes back by decision.
  const isGiven = original.outcome === 'channel' && line.amountMinor > 0n;
  if (!REVERSIBLE.has(original.outcome) || isGiven)
    return unplaced('the bank takes back a booking that is not undone by itself', ours);
  reversed.add(key);
  return { kind: 'reversed', original };
}

function namesOf(line: WaitingLine): string[] {
  return debitsIn(line).map(({ name }) => name);
}

function payingChannel(line: WaitingLine, facts: Facts): ChannelFact | undefined {
  const account = line.counterpartyAccount?.replaceAll(/[\s-]/g, '').toUpperCase();
  const byAccount = account === undefined ? undefined : facts.channelsByAccount.get(account);
  return byAccount ?? first(channelCodes(line), facts.channelsByCode);
}

type Unplaced = Extract<Plan, { kind: 'break' }>;

function unplaced(why: string, ours: Record<string, Json>, seeks = false): Unplaced {
  return { kind: 'break', breakKind: 'unplaced-line', ours: { why, ...ours }, seeks };
}

function shown({
  endToEndId,
  remittanceId,
  billerId,
  amountMinor,
  state,
}: RemittanceFact): Record<string, Json> {
  return { endToEndId, remittanceId, billerId, amountMinor: String(amountMinor), state };
}

function first<Fact>(names: readonly string[], facts: ReadonlyMap<string, Fact>): Fact | undefined {
  for (const name of names) {
    const fact = facts.get(name);
    if (fact !== undefined) return fact;
  }
  return undefined;
}
