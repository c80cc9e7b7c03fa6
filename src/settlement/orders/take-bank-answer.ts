// A file that a bank answered with: its bytes are kept first, and the same bytes are one file however often they come.
// Then what it says is applied once, in one transaction: rejected transfers come back, accepted ones are noted, and what
// is not ours to know is told and not guessed.

import { hash } from 'node:crypto';
import { newId, type Uuid } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { endLocked, insertSteps, lockOpenDays, type OpenDay } from '../remittances/index.ts';
import type { Remittance } from '../batch.ts';
import type { OrderStatus, ReadStatus, Standing, StatusReader } from './order.ts';
import { keepAnswer, lockAnswer, noteOutcome } from './store-answer.ts';
import { findOrderFile, setOrderState, type OrderFile } from './store-answered.ts';
import { lockOfFile } from './store-order-file.ts';

export interface BankAnswer {
  readonly name: string;
  readonly bytes: Buffer;
  /** The operator's account that it is about, where who brings it says so; else the order tells. */
  readonly accountId: number | null;
}

export interface AnswerOutcome {
  /** Why nothing of it could be read; null: it was. */
  readonly refused: string | null;
  readonly accepted: number;
  readonly rejected: number;
  /** Read and not decided by the bank yet, or said in a word that is not known. */
  readonly undecided: number;
  /** Message ids and end-to-end ids that are none of ours, or of another order or account. */
  readonly unknown: readonly string[];
  /** Rejected by the bank, but confirmed, returned or rejected already: for a person. */
  readonly conflicts: readonly string[];
}

export interface TakenAnswer {
  readonly answerId: Uuid;
  /** The same bytes had come before; nothing was done now. */
  readonly known: boolean;
  readonly outcome: AnswerOutcome;
}

const OF_OPERATOR = 0;
const NOTHING: AnswerOutcome = { refused: null, accepted: 0, rejected: 0, undecided: 0, unknown: [], conflicts: [] };

/** Locks the open days of the billers concerned (shared), remittances and balances. */
export async function takeBankAnswer(
  database: Database,
  read: StatusReader,
  answer: BankAnswer,
): Promise<TakenAnswer> {
  const sha256 = hash('sha256', answer.bytes, 'buffer');
  const status = read(answer.bytes);
  const answerId = await database.transaction((tx) =>
    keepAnswer(tx, { ...answer, sha256, newId: (atMs) => newId(atMs, OF_OPERATOR) }),
  );
  return database.transaction(async (tx) => {
    const earlier = await lockAnswer(tx, answerId);
    if (earlier !== null) return { answerId, known: true, outcome: earlier };
    const outcome = await apply(tx, status, answer.accountId);
    await noteOutcome(tx, answerId, outcome);
    return { answerId, known: false, outcome };
  });
}

async function apply(tx: Tx, status: ReadStatus, accountId: number | null): Promise<AnswerOutcome> {
  if (!status.ok) return { ...NOTHING, refused: status.reason };
  let outcome = NOTHING;
  for (const each of status.statuses) {
    const file = await findOrderFile(tx, each.orderMessageId);
    const isOurs = file !== undefined && (accountId === null || file.accountId === accountId);
    outcome = sum(outcome, isOurs ? await applyOne(tx, file, each) : { unknown: [each.orderMessageId] });
  }
  return outcome;
}

async function applyOne(tx: Tx, file: OrderFile, status: OrderStatus): Promise<Partial<AnswerOutcome>> {
  const days = await lockOpenDays(tx, file.billerIds);
  const remittances = await lockOfFile(tx, file.fileId);
  const said = standingsOf(status);
  const ids = new Set(remittances.map((each) => each.endToEndId));
  const tally = { accepted: 0, rejected: 0, undecided: 0, conflicts: [] as string[] };
  const unknown = [...said.byTransfer.keys()].filter((id) => !ids.has(id));
  for (const remittance of remittances) {
    const standing = said.byTransfer.get(remittance.endToEndId) ?? said.whole;
    if (standing === null || standing.verdict === 'partly') continue;
    const day = days.get(remittance.billerId);
    if (day === undefined) throw new Error(`biller ${remittance.billerId} has no open business day`);
    const became = await applyTo(tx, remittance, standing, day);
    if (became === 'conflict') tally.conflicts.push(remittance.endToEndId);
    else tally[became] += 1;
  }
  await setOrderState(tx, file.fileId);
  return { ...tally, unknown: said.hasNameless ? [...unknown, `${status.orderMessageId}: a transfer without its end-to-end id`] : unknown };
}

/** The most particular word counts: of the transfer, else of its payment block, else of the whole order. */
function standingsOf({ whole, payments }: OrderStatus) {
  const byTransfer = new Map<string, Standing>();
  let hasNameless = false;
  for (const { endToEndId, standing } of payments.flatMap((payment) => payment.transfers)) {
    if (endToEndId === null) hasNameless = true;
    else byTransfer.set(endToEndId, standing);
  }
  // An order of ours has one payment block.
  const block = payments.find((payment) => payment.whole !== null)?.whole ?? null;
  return { byTransfer, hasNameless, whole: block ?? whole };
}

async function applyTo(
  tx: Tx,
  remittance: Remittance,
  standing: Standing,
  day: OpenDay,
): Promise<'accepted' | 'rejected' | 'undecided' | 'conflict'> {
  const { billerId, remittanceId, state } = remittance;
  const reason = [standing.code, ...standing.reasons].join(': ').slice(0, 500);
  if (standing.verdict === 'rejected') {
    if (state === 'rejected') return 'rejected';
    if (state !== 'sent') return 'conflict';
    await endLocked(tx, remittance, { to: 'rejected', reason }, day);
    return 'rejected';
  }
  await insertSteps(tx, [
    { billerId, remittanceId, state, reason: `the bank says ${reason}`, journalId: null, at: day.now },
  ]);
  return standing.verdict === 'accepted' ? 'accepted' : 'undecided';
}

function sum(one: AnswerOutcome, other: Partial<AnswerOutcome>): AnswerOutcome {
  return {
    refused: null,
    accepted: one.accepted + (other.accepted ?? 0),
    rejected: one.rejected + (other.rejected ?? 0),
    undecided: one.undecided + (other.undecided ?? 0),
    unknown: [...one.unknown, ...(other.unknown ?? [])],
    conflicts: [...one.conflicts, ...(other.conflicts ?? [])],
  };
}
