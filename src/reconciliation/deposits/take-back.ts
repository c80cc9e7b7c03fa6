// A debit that takes a deposit back: the bank says that the credit was none, or the operator has sent the money back to the
// payer. The payment that it became is undone by decision, its bill is owed again, and what the channel `deposit` is owed
// by that leaves the bank: Dr channel/receivable, Cr bank.

import { Type, type Static } from 'typebox';
import type { Json } from '../../kernel/errors.ts';
import { newId, parseId, showId, type Uuid } from '../../kernel/ids.ts';
import { money } from '../../kernel/money.ts';
import { WRITTEN_LINE } from '../../kernel/text-form.ts';
import { accountOf, type Account } from '../../ledger/index.ts';
import { lockBook, undoByDecision } from '../../payments/index.ts';
import { take } from '../../payments/credit/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { partReader } from '../../platform/http/index.ts';
import { impossible, malformed, type Resolution, type ResolutionTools } from '../breaks/index.ts';
import { deciding, type Deciding, type WaitingLine } from '../statements/index.ts';
import { isTakenBack, lockUndone, owedBack, readDeposit, type DepositPart } from './store-take-back.ts';

const Content = Type.Object(
  {
    reason: Type.String({ minLength: 1, maxLength: 200, pattern: WRITTEN_LINE }),
    /** Where the bank does not say which booking it takes back. */
    paymentId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** Whose credit what paid no bill became. */
    payerId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);
type Content = Static<typeof Content>;

export function takingBack(tools: ResolutionTools): Resolution<Content> {
  return deciding<Content>({
    name: 'reverse-payment',
    kinds: ['unplaced-line'],
    sign: 'debit',
    read: partReader(Content, ''),

    async says(tx, { it, line, content }) {
      const { parts } = await takenBack(tx, it.ours, line, content);
      const what = parts.map(({ paymentId }) => (paymentId === null ? 'credit' : showId('pay', paymentId)));
      return `undo ${what.join(', ')}, its money has left the bank: ${content.reason}`;
    },

    async place(tx, work) {
      const { it, line, content, notes } = work;
      const { parts, original } = await takenBack(tx, it.ours, line, content);
      const found = [];
      for (const part of parts) found.push(await takePart(tx, tools, work, part));
      const { statementId: subjectId, line: subjectLine } = original ?? {};
      const isOnce = subjectId !== undefined && subjectLine !== undefined;
      const mark = { kind: 'takes-back', amountMinor: 0n };
      notes.place(line, 'reversed', ...found, ...(isOnce ? [{ ...mark, subjectId, subjectLine }] : []));
    },
  });
}

interface TakenBack {
  readonly parts: readonly DepositPart[];
  /** The line that brought it, when all of it is taken back. */
  readonly original: Pick<WaitingLine, 'statementId' | 'line'> | undefined;
}

async function takenBack(
  tx: Tx,
  ours: Json,
  line: WaitingLine,
  { paymentId, payerId }: Content,
): Promise<TakenBack> {
  const original = paymentId === undefined ? named(ours) : undefined;
  const id = parseId('pay', paymentId ?? '');
  if (original === undefined && id === undefined)
    throw malformed('/paymentId', 'the bank does not say which booking it takes back: name the payment');
  const parts = original === undefined ? await ofPayment(tx, id) : await readDeposit(tx, original);
  if (parts.length === 0) throw impossible('it takes back nothing that is a deposit');
  if (original !== undefined && (await isTakenBack(tx, original)))
    throw impossible('the deposit has been taken back before');
  const total = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (total !== -line.amountMinor || parts.some(({ currency }) => currency !== line.currency))
    throw impossible('the deposit is of another amount');
  if (payerId === undefined && parts.some((part) => part.paymentId === null))
    throw malformed('/payerId', 'a part of it is credit: say whose');
  return { parts, original };
}

async function ofPayment(tx: Tx, paymentId: Uuid | undefined): Promise<DepositPart[]> {
  return paymentId === undefined ? [] : readDeposit(tx, { paymentId });
}

/** As the rules of lines leave it: the booking that the bank takes back. */
function named(ours: Json): TakenBack['original'] {
  if (typeof ours !== 'object' || ours === null || !('statementId' in ours)) return undefined;
  const { statementId, line } = ours;
  return typeof statementId === 'string' && typeof line === 'number' ? { statementId, line } : undefined;
}

/** What the line is found to be by it. */
async function takePart(tx: Tx, tools: ResolutionTools, work: Deciding<Content>, part: DepositPart) {
  const { billerId, paymentId, channelId, currency, amountMinor } = part;
  const { payerId = '' } = work.content;
  let against: Account;
  if (paymentId === null || channelId === null) {
    await lockBook(tx, tools.directory, billerId);
    await take(tx, billerId, payerId, money(amountMinor, currency));
    against = accountOf('payer/credit', 0, currency);
  } else {
    await undo(tx, tools, work, { ...part, paymentId, channelId });
    against = accountOf('channel/receivable', channelId, currency);
  }
  const { businessDate, now } = await lockBook(tx, tools.directory, billerId);
  const journalId = newId(now.getTime(), billerId);
  const recordedAt = now.toISOString();
  work.entries.add({ billerId, journalId, kind: 'deposit', paymentId, businessDate, recordedAt }, [
    { account: against, amountMinor },
    { account: accountOf('bank', work.line.accountId ?? 0, currency), amountMinor: -amountMinor },
  ]);
  return {
    kind: 'taken-back',
    billerId,
    channelId,
    subjectId: paymentId,
    amountMinor: -amountMinor,
    journalId,
  };
}

/** Refuses `not-reversible`, and `approval-impossible` when its money has gone elsewhere, or back already. */
async function undo(
  tx: Tx,
  tools: ResolutionTools,
  { it, content, undone }: Deciding<Content>,
  part: DepositPart & { readonly paymentId: Uuid; readonly channelId: number },
): Promise<void> {
  const { billerId, paymentId, amountMinor } = part;
  if (!(await lockUndone(tx, billerId, paymentId))) {
    const { reason } = content;
    const request = { paymentId, reference: showId('brk', it.breakId), reason };
    const { reversalId: journalId, currency } = await undoByDecision(tx, tools, request);
    undone.push({ billerId, journalId, currency, suspenseMinor: 0n, paymentId });
  }
  if ((await owedBack(tx, part)) !== amountMinor)
    throw impossible(`the money of ${showId('pay', paymentId)} has gone elsewhere meanwhile`);
}
