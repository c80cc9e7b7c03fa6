// Records parts of transfers: a journal for each in its book, its row, and what is paid of the due that it is for. Dr
// bank/<account>, Cr channel/receivable; below zero the other way round (rules.md, "Ledger").

import type { BusinessDate } from '../../kernel/business-date.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import { accountOf, OPERATOR, type Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lockOpenDays, type OpenDay } from '../../settlement/remittances/index.ts';
import type { Part } from './spread.ts';
import { addPaid, changeAhead, insertParts, type Debt, type PartRow } from './store-payment.ts';

/** Parts of one line of a statement. */
export interface LineParts {
  readonly statementId: Uuid;
  readonly line: number;
  readonly debt: Debt;
  /** The operator's bank account. */
  readonly accountId: number;
  readonly at: Date;
  readonly parts: readonly Part[];
}

export interface PostedPart {
  /** 0: the operator's own book. */
  readonly billerId: number;
  /** null: nothing is owed yet, or it comes from there. */
  readonly businessDate: BusinessDate | null;
  readonly amountMinor: bigint;
  readonly journalId: Uuid;
}

/**
 * The open days of the billers and the channels are locked by this transaction. The journals are added to `entries`, which
 * the caller records last. `isNew`: the line has no parts yet, else the primary key refuses it. Answers the parts line by
 * line.
 */
export async function post(
  tx: Tx,
  lines: readonly LineParts[],
  days: ReadonlyMap<number, OpenDay>,
  { isNew, entries }: { readonly isNew: boolean; readonly entries: Entries },
): Promise<PostedPart[][]> {
  const rows = lines.map((line) => line.parts.map((part) => rowOf(line, part, days, entries)));
  await insertParts(tx, rows.flat(), isNew);
  await addPaid(tx, rows.flat());
  return rows.map((parts) =>
    parts.map(({ billerId, businessDate, minor, journalId }) => ({
      billerId,
      businessDate,
      amountMinor: minor,
      journalId,
    })),
  );
}

function rowOf(
  { statementId, line, debt, accountId, at }: LineParts,
  { billerId, businessDate, minor }: Part,
  days: ReadonlyMap<number, OpenDay>,
  entries: Entries,
): PartRow {
  const journalId = newId(at.getTime(), billerId);
  const recordedAt = at.toISOString();
  const day = billerId === OPERATOR ? recordedAt.slice(0, 10) : days.get(billerId)?.businessDate;
  if (day === undefined) throw new Error(`the open day of biller ${billerId} is not locked`);
  const { channelId, currency } = debt;
  entries.add(
    { billerId, journalId, kind: 'channel-payment', paymentId: null, businessDate: day, recordedAt },
    [
      { account: accountOf('bank', accountId, currency), amountMinor: minor },
      { account: accountOf('channel/receivable', channelId, currency), amountMinor: -minor },
    ],
  );
  return { statementId, line, billerId, businessDate, debt, minor, journalId, at };
}

/** The open days of the billers among these books; the operator's has none, its journals are dated in UTC. */
export function lockBooks(tx: Tx, books: readonly number[]): Promise<Map<number, OpenDay>> {
  return lockOpenDays(
    tx,
    books.filter((billerId) => billerId !== OPERATOR),
  );
}

/** What of the lines was paid ahead, or of that is moved on. */
export function keepAhead(tx: Tx, lines: readonly LineParts[]): Promise<void> {
  return changeAhead(
    tx,
    lines.flatMap(({ parts, ...line }) =>
      parts.filter((part) => part.businessDate === null).map(({ minor }) => ({ ...line, minor })),
    ),
  );
}
