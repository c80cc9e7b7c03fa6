// What a line is that names a debit, or a file of debits: the money of it, or the bank's taking it back. Pure; what the bank
// said before is weighed as by every other way that it speaks (mandates/debits).

import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { judge, type WordVerdict } from '../../mandates/debits/index.ts';
import type { DebitFact, DebitFileFact } from './facts.ts';
import { absolute, keyOf, type WaitingLine } from './waiting-line.ts';

export type DebitPlan =
  | { readonly kind: 'wait' }
  | { readonly kind: 'debit'; readonly debit: DebitFact }
  | { readonly kind: 'debit-returned'; readonly debit: DebitFact }
  | { readonly kind: 'debit-total'; readonly file: DebitFileFact }
  | {
      readonly kind: 'break';
      readonly breakKind: 'unplaced-line';
      readonly ours: Record<string, Json>;
      readonly seeks: false;
      /** On an agency's own account it is the agency's affair alone. */
      readonly isTheirOwn?: true;
    };

/** Debits that lines of the lot at hand have credited, brought back. */
export interface TakenDebits {
  readonly credited: Set<Uuid>;
  readonly returned: Set<Uuid>;
}

export function ofDebit(line: WaitingLine, debit: DebitFact, taken: TakenDebits): DebitPlan {
  if (isElsewhere(line, debit))
    return { ...unplaced('the debit is for another account', debit), isTheirOwn: true };
  if (isOtherwise(line, debit)) return unplaced('the debit is of another amount', debit);
  if (debit.isUnderway) return { kind: 'wait' };
  if (!debit.isWithBank) return unplaced(`no bank has the debit, which is ${debit.state}`, debit);
  return line.amountMinor > 0n ? credited(line, debit, taken) : returned(line, debit, taken);
}

function credited(line: WaitingLine, debit: DebitFact, taken: TakenDebits): DebitPlan {
  if (line.isReversal || line.returnReason !== null)
    return unplaced('the bank gives back money that it had taken back', debit);
  if (debit.isCredited || taken.credited.has(debit.debitId))
    return unplaced('the debit was credited before: the bank has credited it twice', debit);
  if (contradicts('settled', debit)) return unplaced('the bank has refused the debit, and credits it', debit);
  taken.credited.add(debit.debitId);
  return { kind: 'debit', debit };
}

/** What was paid back by transfer may name the debit in its text too: that undoes nothing. */
function returned(line: WaitingLine, debit: DebitFact, taken: TakenDebits): DebitPlan {
  const { debitId, verdicts, isCredited, endToEndId } = debit;
  const isItself = line.endToEndId?.includes(endToEndId) === true;
  if (!isItself && !line.isReversal && line.returnReason === null) {
    const why = 'money left, and only the text names the debit: nothing says that the bank took it back';
    return { ...unplaced(why, debit), isTheirOwn: true };
  }
  if (debit.isBack || taken.returned.has(debitId))
    return unplaced('the bank has taken the debit back before', debit);
  if (verdicts.includes('rejected') && !isCredited && !taken.credited.has(debitId))
    return unplaced('the bank takes back a debit that it has refused, and never credited', debit);
  taken.returned.add(debitId);
  return { kind: 'debit-returned', debit };
}

/** As `noteWords` will see it. */
export function contradicts(
  verdict: WordVerdict,
  { state, isWithBank, verdicts }: Pick<DebitFact, 'state' | 'isWithBank' | 'verdicts'>,
): boolean {
  return judge(verdict, { state, isWithBank, verdicts }).noted === 'conflict';
}

/** Which account of the operator's a bank that is called was told is not known any more. */
function isElsewhere(line: WaitingLine, { accountId, route }: DebitFact): boolean {
  if (line.accountId === null) return route === 'via-operator';
  return route === 'direct' || (accountId !== null && accountId !== line.accountId);
}

function isOtherwise(line: WaitingLine, { currency, amountMinor }: DebitFact): boolean {
  return absolute(line.amountMinor) !== amountMinor || currency !== line.currency;
}

export type TotalPlan = Extract<DebitPlan, { kind: 'wait' | 'debit-total' | 'break' }>;

/** Again when it is carried out, for that takes several transactions. */
export function debitTotal(line: WaitingLine, file: DebitFileFact): TotalPlan {
  const { messageId, accountId, currency, liveMinor, creditedAlone, creditedBy } = file;
  const ours = { order: messageId, liveMinor: String(liveMinor) };
  if (accountId !== line.accountId || file.billerId !== line.billerId || currency !== line.currency)
    return broken('the debits of the order are for another account', ours);
  if (creditedBy !== null && creditedBy !== keyOf(line))
    return broken('the order was credited before: the bank has credited it twice', ours);
  if (creditedAlone > 0) return broken('debits of the order are credited by other lines', ours);
  if (accountId !== null && file.isPrefunded) return broken('a bank of its debtors is prefunded', ours);
  if (file.isUnderway) return { kind: 'wait' };
  if (liveMinor !== line.amountMinor) return broken('the total of the order is another amount', ours);
  return { kind: 'debit-total', file };
}

function unplaced(why: string, debit: DebitFact): Broken {
  const { endToEndId, debitId, billerId, amountMinor, state } = debit;
  return broken(why, { endToEndId, debitId, billerId, amountMinor: String(amountMinor), state });
}

type Broken = Extract<DebitPlan, { kind: 'break' }>;

function broken(why: string, ours: Record<string, Json>): Broken {
  return { kind: 'break', breakKind: 'unplaced-line', ours: { why, ...ours }, seeks: false };
}
