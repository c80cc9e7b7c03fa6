// Settled days to remit: the small world with banks of the operator's, accounts to pay to, and batches as the close
// writes them, with what they split into.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Test } from 'tap';
import {
  addBank,
  addBankAccount,
  setRemittanceAccount,
  type Handover,
} from '../../src/billers/bank/index.ts';
import { openBusinessDays, loadBillers } from '../../src/billers/index.ts';
import { orderWriter, readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import { newId, type Uuid } from '../../src/kernel/ids.ts';
import { Entries, recordEntries } from '../../src/ledger/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import type { Batch, Remittance, Split } from '../../src/settlement/index.ts';
import type { RemittanceParts } from '../../src/settlement/orders/index.ts';
import { planRemittances } from '../../src/settlement/remittances/index.ts';
import { testDatabase } from './database.ts';
import { ACTOR, BILLERS, done, makeWorld, MASTER_KEY, type World } from './world.ts';

export interface RemitWorld extends World {
  readonly dataDir: string;
  readonly parts: RemittanceParts;
  /** What was logged. */
  readonly lines: { level: string; told: unknown; text: string }[];
}

type Settings = { funding?: 'guaranteed' | 'collected'; approveAboveMinor?: string; days?: number };

/** Every biller is paid from the bank `main`; nothing below a million needs persons unless `settings` say so. */
export async function makeRemitWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  settings: Settings = {},
  handover: Handover = { way: 'folder', folder: 'orders' },
): Promise<RemitWorld> {
  const world = await makeWorld(await testDatabase(t));
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'wasit-remit-'));
  t.teardown(() => rm(dataDir, { recursive: true, force: true }));
  const { db } = world;
  await layBanks(db, handover);
  await setTerms(db, { approveAboveMinor: '1000000000', ...settings });
  for (const biller of await db.transaction((tx) => loadBillers(tx))) await openBusinessDays(db, biller);
  const lines: RemitWorld['lines'] = [];
  const say = (level: string) => (told: unknown, text?: string) =>
    void lines.push({ level, told, text: text ?? String(told) });
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const parts = {
    database: db,
    masterKey: MASTER_KEY,
    dataDir,
    writer: orderWriter,
    reader: readOrderStatus,
    log,
  };
  return { ...world, dataDir, parts, lines };
}

async function layBanks(db: Database, handover: Handover, secret?: string): Promise<void> {
  const change = {
    name: { en: 'Main Bank' },
    timeZone: 'Asia/Muscat',
    cutOff: '14:00',
    weekend: [5, 6],
    bic: 'BMUSOMRX',
    leadDays: 1,
    handover,
  };
  const wish = { change, ...(secret !== undefined && { secret }) };
  done(await addBank(db, 'main', wish, MASTER_KEY, ACTOR));
  for (const { code, currency } of Object.values(BILLERS)) {
    const account = `ours-${currency.toLowerCase()}`;
    const ours = {
      bankCode: 'main',
      currency,
      holder: 'Wasit Operations',
      number: `9900${currency}1234567890`,
    };
    done(await addBankAccount(db, account, ours, MASTER_KEY, ACTOR));
    await setAccount(db, code, '', { holder: `صندوق ${code}`, paysFrom: account });
  }
}

export async function setAccount(
  db: Database,
  billerCode: string,
  unit: string,
  {
    holder,
    paysFrom,
    number = '00799999001234567890',
  }: { holder: string; paysFrom: string; number?: string },
): Promise<void> {
  const wish = { holder, paysFrom, number, bic: null };
  done(await setRemittanceAccount(db, { billerCode, unit }, wish, MASTER_KEY, ACTOR));
}

export async function setTerms(db: Database, settings: Settings): Promise<void> {
  await db.transaction((tx) =>
    tx.query(
      `update biller set funding = coalesce($1, funding), approve_above_minor = coalesce($2, approve_above_minor),
              remittance_days = coalesce($3, remittance_days)`,
      [settings.funding ?? null, settings.approveAboveMinor ?? null, settings.days ?? null],
    ),
  );
}

export interface BatchSpec {
  readonly biller?: keyof typeof BILLERS;
  readonly date?: string;
  readonly currency?: string;
  /** Net by unit; '' is of none. */
  readonly units?: Readonly<Record<string, bigint>>;
  /** Carried in from earlier days, not positive. */
  readonly carriedInMinor?: bigint;
}

/** Writes a batch as the close does, and plans its remittances. */
export async function putBatch(
  db: Database,
  spec: BatchSpec = {},
): Promise<{ batch: Batch; remittances: Remittance[] }> {
  const { id: billerId, code, currency: own } = BILLERS[spec.biller ?? 'om'];
  const currency = spec.currency ?? own;
  const units = Object.entries(spec.units ?? { '': 125_500n });
  const carriedInMinor = spec.carriedInMinor ?? 0n;
  const gross = units.reduce((sum, [, minor]) => sum + minor, 0n);
  const net = gross + carriedInMinor;
  return db.transaction(async (tx) => {
    const [time] = await tx.query<{ now: Date }>('select business_now() as now');
    if (time === undefined) throw new Error('no time');
    const batch: Batch = {
      billerId,
      settlementId: newId(time.now.getTime(), billerId),
      businessDate: spec.date ?? '2026-11-21',
      currency,
      sealedAt: time.now,
      recordedAt: time.now,
      valueDate: '2026-11-24',
      feesSettled: 'gross',
      feesSetOffMinor: 0n,
      carriedInMinor,
      netMinor: net,
      remittedMinor: net > 0n ? net : 0n,
      carriedOutMinor: net > 0n ? 0n : net,
      facts: {
        billerCode: code,
        billerName: { en: code },
        timeZone: 'Asia/Muscat',
        remittanceDays: 2,
        units: {},
        services: {},
        budgetLines: {},
        channels: {},
      },
      digest: Buffer.alloc(32, 1),
      previousDigest: null,
    };
    await insertBatch(tx, batch);
    const splits = units.map(([key, netMinor]) => splitOf('unit', key, netMinor));
    const entries = new Entries();
    const remittances = await planRemittances(tx, batch, [splitOf('total', '', gross), ...splits], entries);
    await recordEntries(tx, entries, 0);
    return { batch, remittances };
  });
}

async function insertBatch(
  tx: Parameters<Parameters<Database['transaction']>[0]>[0],
  b: Batch,
): Promise<void> {
  await tx.query(
    `insert into settlement_batch (biller_id, settlement_id, business_date, currency, sealed_at, recorded_at, value_date,
       fees_settled, fees_set_off_minor, carried_in_minor, net_minor, remitted_minor, carried_out_minor, facts, digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      b.billerId,
      b.settlementId,
      b.businessDate,
      b.currency,
      b.sealedAt,
      b.recordedAt,
      b.valueDate,
      b.feesSettled,
      b.feesSetOffMinor,
      b.carriedInMinor,
      b.netMinor,
      b.remittedMinor,
      b.carriedOutMinor,
      JSON.stringify(b.facts),
      b.digest,
    ],
  );
}

function splitOf(dimension: Split['dimension'], key: string, netMinor: bigint): Split {
  return {
    dimension,
    key,
    netMinor,
    payments: 1,
    bills: 1,
    grossMinor: netMinor,
    reversals: 0,
    reversedMinor: 0n,
    adjustments: 0,
    adjustedMinor: 0n,
    directPayments: 0,
    directGrossMinor: 0n,
    directReversedMinor: 0n,
    directAdjustedMinor: 0n,
    credited: 0,
    creditedMinor: 0n,
    payerFeeMinor: 0n,
    billerFeeMinor: 0n,
    taxMinor: 0n,
    commissionMinor: 0n,
  };
}

/** Files that the bank `main` would collect, by name. */
export async function filesAt(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => !name.startsWith('.')).sort();
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  return new Map(files.map((name, at) => [name, texts[at] ?? '']));
}

/** A row of `remittance` as it stands. */
export async function standing(db: Database, remittanceId: Uuid): Promise<Record<string, unknown>> {
  const [row] = await db.transaction((tx) =>
    tx.query('select * from remittance where remittance_id = $1', [remittanceId]),
  );
  return row ?? {};
}

/** The biller's balances, account by account, without those at zero. */
export async function balances(db: Database, billerId: number): Promise<Record<string, bigint>> {
  const rows = await db.transaction((tx) =>
    tx.query<{ code: string; channel_id: number; minor: bigint }>(
      `select a.code, a.channel_id, sum(b.amount_minor)::bigint as minor
         from balance b join account a using (biller_id, account_no) where biller_id = $1 group by 1, 2
       having sum(b.amount_minor) <> 0 order by 1, 2`,
      [billerId],
    ),
  );
  return Object.fromEntries(
    rows.map((row) => [row.channel_id === 0 ? row.code : `${row.code}/${row.channel_id}`, row.minor]),
  );
}

export async function eventsOf(
  db: Database,
  billerId: number,
): Promise<{ type: string; payload: unknown }[]> {
  return db.transaction((tx) =>
    tx.query<{ type: string; payload: unknown }>(
      `select type, payload from event where biller_id = $1 and type like 'remittance.%' order by recorded_at, revision`,
      [billerId],
    ),
  );
}
