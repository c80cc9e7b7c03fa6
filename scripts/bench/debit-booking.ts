// Booking of debits: the bank has collected ten thousand debits of five bills each, and all of them are paid, with journals,
// events and histories, by one worker.

import { Directory } from '../../src/channels/index.ts';
import { openBusinessDays } from '../../src/billers/index.ts';
import { newId, type Uuid } from '../../src/kernel/ids.ts';
import { bookDebits } from '../../src/mandates/index.ts';
import { noteWords } from '../../src/mandates/debits/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { median } from './drive.ts';
import { readDurability } from './report.ts';
import { ask, createDatabase, startServer } from './server.ts';
import { AMOUNT, BILLER, CHANNEL, makeWorld } from './world.ts';

const DEBITS = 10_000;
const BILLS_EACH = 5;
const AT_LEAST = 3_000;
/** Words of one answer of a bank that are noted together. */
const NOTED_TOGETHER = 1_000;

export async function benchDebitBooking({ rounds, size = DEBITS }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'booking');
  await makeWorld(database);
  await layTerms(database);
  const directory = await Directory.open(database);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const debits = await layDebits(database, round, size);
    await note(database, debits);
    const startedAt = performance.now();
    const booked = await bookDebits({
      database,
      directory,
      log: { warn: console.error, error: console.error },
      onGivenUp: (biller, cause) => console.error(biller, cause),
      openDays: async (billerId) => {
        const biller = directory.current.billersById.get(billerId);
        if (biller !== undefined) await openBusinessDays(database, biller);
      },
    });
    const seconds = (performance.now() - startedAt) / 1000;
    if (booked !== size) throw new Error(`${booked} of ${size} debits were booked`);
    rates.push((size * BILLS_EACH) / seconds);
    console.error(`  round ${round + 1}: ${seconds.toFixed(1)} s`);
  }
  const paid = size * BILLS_EACH * rounds;
  const [left] = await ask(database.url, `select count(*)::int as left from bill where status <> 'paid'`);
  const durability = await readDurability(server);
  const books = await checkBooks(database);
  return {
    durability,
    findings: {
      title: `Booking of debits: ${size.toLocaleString('en')} debits of ${BILLS_EACH} bills`,
      rows: [
        {
          what: 'bills paid by debits that the bank has collected',
          mustReach: `≥ ${AT_LEAST.toLocaleString('en')} a second`,
          measured: `${Math.round(median(rates)).toLocaleString('en')} a second`,
          isMet: median(rates) >= AT_LEAST,
        },
      ],
      notes: [`One worker; median of ${rounds} rounds.`],
      answers: paid,
      failed: Number(left?.['left']),
      firstFailure: undefined,
      books: `hold, ${books.payments} payments`,
      measurements: { rates },
    },
  };
}

const MANDATE = newId(0, BILLER.id);

async function layTerms(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into bank (bank_id, code, name, time_zone, cut_off, weekend, handover) values (1, 'main', '{"en":"Main"}', 'Asia/Muscat', '14:00', '{5,6}', '{"way":"folder"}')`,
    );
    await tx.query(`insert into bank_account values (1, 'ours', 1, $1, 'Wasit', '', '…')`, [BILLER.currency]);
    await tx.query(`insert into debit_terms values ($1, 1, null, 'split', '{3}', 'account', 'settled')`, [
      BILLER.id,
    ]);
    await tx.query(
      `insert into mandate (biller_id, mandate_id, reference, opened_by, opener, channel_id, payer_id, payer_name, holder, sealed_account,
         shown_account, account_kind, collect, currency, per_debit_minor, per_month_minor, valid_from, announce_days, state, fingerprint,
         created_at, changed_at)
       values ($1, $2, 'M', 'agency', 0, $3, 'E-1', 'Al Noor', 'Al Noor', '', '…', 'iban', 'due-date', $4, 1000000000, 1000000000,
         current_date, 0, 'accepted', '{}', now(), now())`,
      [BILLER.id, MANDATE, CHANNEL.id, BILLER.currency],
    );
  });
}

async function layDebits(database: Database, round: number, size: number): Promise<Uuid[]> {
  const debits = Array.from({ length: size }, () => newId(Date.now(), BILLER.id));
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, due_on, content_hash, received_at)
       select $1, 'B-' || $2 || '-' || d || '-' || n, 'E-1', 'Al Noor', 'Contributions', $3, current_date + 40, sha256((d || '-' || n)::bytea), now()
         from generate_series(1, $4::int) d, generate_series(1, $5::int) n`,
      [BILLER.id, String(round), String(AMOUNT.minor), size, BILLS_EACH],
    );
    await tx.query(
      `insert into debit_order (biller_id, debit_id, mandate_biller_id, mandate_id, payer_id, channel_id, cause, attempt, currency,
         amount_minor, collect_on, send_on, state, way, planned_at, changed_at)
       select $1, d, $1, $2, 'E-1', $3, 'due-date', 1, $4, $5, current_date, current_date, 'sent', 'file', now(), now()
         from unnest($6::uuid[]) d`,
      [BILLER.id, MANDATE, CHANNEL.id, BILLER.currency, String(AMOUNT.minor * BILLS_EACH), debits],
    );
    await tx.query(
      `insert into debit_bill (biller_id, debit_id, bill_number, due_on, owed_as_of, amount_minor, bill_revision, live)
       select $1, d, 'B-' || $2 || '-' || nth || '-' || n, current_date + 40, current_date, $3, 1, true
         from unnest($4::uuid[]) with ordinality as x(d, nth), generate_series(1, $5::int) n`,
      [BILLER.id, String(round), String(AMOUNT.minor), debits, BILLS_EACH],
    );
  });
  await ask(database.url, 'vacuum analyze');
  return debits;
}

async function note(database: Database, debits: readonly Uuid[]): Promise<void> {
  for (let from = 0; from < debits.length; from += NOTED_TOGETHER) {
    const words = debits.slice(from, from + NOTED_TOGETHER).map((debitId) => ({
      billerId: BILLER.id,
      debitId,
      verdict: 'settled' as const,
      code: null,
      text: null,
      bankReference: null,
      source: 'bench',
    }));
    await database.transaction((tx) => noteWords(tx, words, new Date()));
  }
}
