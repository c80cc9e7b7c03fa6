// A statement of 100,000 lines (`--size`): remittances to be proved, deposits, charges, transfers of the channel, and debits
// that nobody knows, read from a camt.053 and placed. What deposits are for is the matter of `deposits`: here they lie in
// suspense.

import { addBank, addBankAccount } from '../../src/billers/bank/index.ts';
import { loadBillers, openBusinessDays } from '../../src/billers/index.ts';
import { readStatementFile } from '../../src/dialects/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { accountOf, Entries, recordEntries } from '../../src/ledger/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import {
  loadStatementFile,
  placeStatements,
  receiveStatementFile,
  suspendCredits,
} from '../../src/reconciliation/statements/index.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { memoryMb, peakMemoryMb } from './memory.ts';
import { readDurability, type Row } from './report.ts';
import { createDatabase, startServer } from './server.ts';
import { intake, intakeRows } from './statement-intake.ts';
import { camt, DAY, MINOR } from './statement-lines.ts';
import { BILLER, makeWorld } from './world.ts';

const LINES = 100_000;
const ACTOR = { name: 'bench', origin: 'cli' } as const;
const NUMBER = '990012345678';
const LIMIT = { placeSeconds: 10, memoryMb: 250 } as const;

export async function benchStatement({ size = LINES }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'statement');
  const world = await makeWorld(database);
  const masterKey = Buffer.from(world.masterKey, 'base64');
  for (const biller of await database.transaction(loadBillers)) await openBusinessDays(database, biller);
  await layBank(database, masterKey);
  await layRemittances(database, Math.floor(size * 0.3));
  const log = { info: () => undefined, warn: console.error, error: console.error };
  const parts = { database, masterKey, reader: readStatementFile, log };
  const memoryBefore = await memoryMb(process.pid);
  const bringing = { name: 'bench.xml', source: 'command', bankId: null, accountId: null } as const;
  const received = await receiveStatementFile(parts, bringing, camt(NUMBER, size));
  if ('code' in received) throw new Error(received.code);
  const readFrom = performance.now();
  const loaded = await loadStatementFile(parts, received.fileId);
  if (loaded !== 'read') throw new Error(`the statement was ${loaded}`);
  const placeFrom = performance.now();
  await placeStatements({ database, log, placeDeposits: (lines) => suspendCredits(database, lines) });
  const placeSeconds = (performance.now() - placeFrom) / 1000;
  const readSeconds = (placeFrom - readFrom) / 1000;
  const peak = await peakMemoryMb(process.pid);
  const outcomes = await outcomesOf(database);
  const large = await intake(server, world);
  const unplaced = outcomes['waiting'] ?? 0;
  const books = await checkBooks(database);
  const isFull = size >= LINES;
  const rows: Row[] = [
    {
      what: 'lines placed: remittances proved, the rest booked',
      mustReach: isFull ? `≤ ${LIMIT.placeSeconds} s` : '',
      measured: `${placeSeconds.toFixed(1)} s`,
      ...(isFull && { isMet: placeSeconds <= LIMIT.placeSeconds }),
    },
    { what: 'the file read whole before', mustReach: '', measured: `${readSeconds.toFixed(1)} s` },
    {
      what: 'memory that it takes, read and placed',
      mustReach: isFull ? `≤ ${LIMIT.memoryMb} MB` : '',
      measured: `${peak - memoryBefore} MB (${peak} MB with the bench itself)`,
      ...(isFull && { isMet: peak - memoryBefore <= LIMIT.memoryMb }),
    },
    ...intakeRows(large),
  ];
  return {
    durability: await readDurability(server),
    findings: {
      title: `Statement: ${size.toLocaleString('en')} lines`,
      rows,
      notes: [
        `One camt.053 of one account. What its lines were found to be: ${JSON.stringify(outcomes)}.`,
        'One process reads and places; lots of at most 2,000 lines, each a transaction.',
        'The large files go the ways of life: one to the gateway and from there to the worker, the other to the command line. Memory: VmHWM of /proc, the whole process.',
      ],
      answers: size + large.answers,
      failed: unplaced + large.unplaced,
      books: `hold, checked in ${Math.round(books.seconds)} s`,
      measurements: { readSeconds, placeSeconds, peak, memoryBefore, outcomes, large },
    },
  };
}

async function layBank(database: Database, masterKey: Buffer): Promise<void> {
  const change = {
    name: { en: 'Main' },
    timeZone: 'Asia/Muscat',
    cutOff: '14:00',
    handover: { way: 'folder' },
  };
  const bank = await addBank(database, 'main', { change }, masterKey, ACTOR);
  const wish = { bankCode: 'main', currency: BILLER.currency, holder: 'Bench', number: NUMBER };
  const account = await addBankAccount(database, 'ours', wish, masterKey, ACTOR);
  if (!bank.ok || !account.ok) throw new Error('the bank was not laid');
}

/** As the close and the orders leave them: sent, in a file that the bank has. */
async function layRemittances(database: Database, count: number): Promise<void> {
  const [settlementId, fileId] = [newId(1_763_800_000_000, BILLER.id), newId(1_763_800_000_001, 0)];
  const total = MINOR * BigInt(count);
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into settlement_batch (biller_id, settlement_id, business_date, currency, sealed_at, recorded_at, value_date,
         fees_settled, fees_set_off_minor, carried_in_minor, net_minor, remitted_minor, carried_out_minor, facts, digest)
       values ($1, $2, '2026-11-22', $3, now(), now(), $4, 'gross', 0, 0, $5, $5, 0, '{}', '')`,
      [BILLER.id, settlementId, BILLER.currency, DAY, total],
    );
    await tx.query(
      `insert into order_file (file_id, kind, bank_id, account_id, message_id, name, execute_on, transfers, amount_minor, currency, sealed_bytes,
         sha256, state, made_at, offered_at, handed_over_at)
       values ($1, 'transfer', (select bank_id from bank_account where account_id = 1), 1, 'WSTBENCH', 'bench', $2, $3, $4, $5, '', '', 'handed-over', now(), now(), now())`,
      [fileId, DAY, count, total, BILLER.currency],
    );
    await tx.query(
      `insert into remittance (biller_id, remittance_id, settlement_id, unit, account_version, attempt, pays_from, currency,
         amount_minor, state, value_date, execute_on, end_to_end_id, file_id, planned_at, sent_at)
       select $1, gen_random_uuid(), $2, 'u' || n, 1, 0, 1, $3, $4, 'sent', $5, $5, 'W' || lpad(n::text, 14, '0') || '0', $6, now(), now()
         from generate_series(1, $7::int) n`,
      [BILLER.id, settlementId, BILLER.currency, MINOR, DAY, fileId, count],
    );
    const entries = new Entries();
    const head = {
      billerId: BILLER.id,
      journalId: newId(1_763_800_000_002, BILLER.id),
      kind: 'close',
    } as const;
    entries.add({ ...head, paymentId: null, businessDate: '2026-11-22', recordedAt: `${DAY}T00:00:00Z` }, [
      { account: accountOf('biller/payable', 0, BILLER.currency), amountMinor: total },
      { account: accountOf('biller/in-transit', 0, BILLER.currency), amountMinor: -total },
    ]);
    await recordEntries(tx, entries, 0);
  });
  // As autovacuum has done long before a statement comes.
  await database.transaction((tx) => tx.query('analyze'));
}

async function outcomesOf(database: Database): Promise<Record<string, number>> {
  const rows = await database.transaction((tx) =>
    tx.query<{ outcome: string; lines: number }>(
      `select coalesce(outcome, 'waiting') as outcome, count(*)::int as lines from statement_line group by 1 order by 1`,
    ),
  );
  return Object.fromEntries(rows.map(({ outcome, lines }) => [outcome, lines]));
}
