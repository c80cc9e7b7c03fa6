// Do the books hold? Every invariant of quality.md ("Reliability"), looked at biller by biller. Reads only, locks
// nothing, and may run while payments go on.

import { showId } from '../kernel/ids.ts';
import { OPERATOR } from '../ledger/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Invariant } from './invariant.ts';
import { BREAK_INVARIANTS } from './store-books-breaks.ts';
import { CHANNEL_INVARIANTS } from './store-books-channels.ts';
import { DEBIT_INVARIANTS } from './store-books-debits.ts';
import { DECISION_INVARIANTS } from './store-books-decisions.ts';
import { DISPUTE_INVARIANTS } from './store-books-disputes.ts';
import { DEPOSIT_INVARIANTS } from './store-books-deposits.ts';
import { EVENT_INVARIANTS } from './store-books-events.ts';
import { LEDGER_INVARIANTS } from './store-books-ledger.ts';
import { PAYMENT_INVARIANTS } from './store-books-payments.ts';
import { POSITION_INVARIANTS } from './store-books-position.ts';
import { REJECTION_INVARIANTS } from './store-books-rejections.ts';
import { REMITTANCE_INVARIANTS } from './store-books-remittances.ts';
import { SETTLEMENT_INVARIANTS } from './store-books-settlements.ts';
import { BANK_INVARIANTS } from './store-books-bank.ts';
import { STATEMENT_INVARIANTS } from './store-books-statements.ts';
import { lookAt } from './store-books.ts';
import { readBillers } from './store-parties.ts';

export const INVARIANTS: readonly Invariant[] = [
  ...LEDGER_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...EVENT_INVARIANTS,
  ...REJECTION_INVARIANTS,
  ...DECISION_INVARIANTS,
  ...BREAK_INVARIANTS,
  ...DISPUTE_INVARIANTS,
  ...CHANNEL_INVARIANTS,
  ...REMITTANCE_INVARIANTS,
  ...SETTLEMENT_INVARIANTS,
  ...POSITION_INVARIANTS,
  ...DEPOSIT_INVARIANTS,
  ...STATEMENT_INVARIANTS,
  ...BANK_INVARIANTS,
  ...DEBIT_INVARIANTS,
];

export interface BookFinding {
  readonly invariant: string;
  /** The biller's code, `operator` for the operator's own book; null where no biller is concerned. */
  readonly biller: string | null;
  /** Rows that break it. */
  readonly count: number;
  /** Up to five of them, in words. */
  readonly examples: readonly string[];
}

export interface InvariantReport {
  readonly invariant: string;
  readonly says: string;
  readonly looked: number;
  readonly findings: readonly BookFinding[];
}

/** What breaks an invariant; [] when the books hold. */
export async function checkBooks(database: Database): Promise<BookFinding[]> {
  const reports: InvariantReport[] = [];
  for await (const report of readBooks(database)) reports.push(report);
  return reports.flatMap((report) => report.findings);
}

/** One report after the other, as they are done. */
export async function* readBooks(database: Database): AsyncGenerator<InvariantReport> {
  const billers = await database.transaction((tx) => readBillers(tx));
  const codes = new Map(billers.map((row) => [row.id, row.code]));
  codes.set(OPERATOR, 'operator');
  for (const invariant of INVARIANTS) yield await report(database, invariant, codes);
}

async function report(
  database: Database,
  invariant: Invariant,
  codes: ReadonlyMap<number, string>,
): Promise<InvariantReport> {
  const findings: BookFinding[] = [];
  let looked = 0;
  for (const billerId of runsOf(invariant, codes)) {
    for (const row of await database.nodeOf(billerId).transaction((tx) => lookAt(tx, invariant, billerId))) {
      looked += Number(row.looked);
      if (row.broken === 0n) continue;
      findings.push({
        invariant: invariant.name,
        biller: row.biller_id === null ? null : (codes.get(row.biller_id) ?? `number ${row.biller_id}`),
        count: Number(row.broken),
        examples: (row.examples ?? []).map(showPayments),
      });
    }
  }
  return { invariant: invariant.name, says: invariant.says, looked, findings };
}

function runsOf(invariant: Invariant, codes: ReadonlyMap<number, string>): number[] {
  if (invariant.per === 'installation') return [OPERATOR];
  return [...codes.keys()].filter((billerId) => billerId !== OPERATOR || invariant.per === 'ledger');
}

function showPayments(example: string): string {
  return example.replace(/^pay:([0-9a-f-]{36})$/, (_, id: string) => showId('pay', id));
}
