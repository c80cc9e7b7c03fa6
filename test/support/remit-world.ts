// Settled days to remit: the small world with banks of the operator's, accounts to pay to, and batches as the close
// writes them, with what they split into.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Test } from 'tap';
import {
  addBank,
  addBankAccount,
  setBank,
  setRemittanceAccount,
  type BankChange,
} from '../../src/billers/bank/index.ts';
import { loadBillers, openBusinessDays, setUnits } from '../../src/billers/index.ts';
import { orderWriter, readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import type { Uuid } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { closeDay, type Batch, type Remittance } from '../../src/settlement/index.ts';
import { orderKinds } from '../../src/order-kinds.ts';
import { sweepOrders, type CarryParts } from '../../src/orders/index.ts';
import { sweepRemittances, type RemittanceParts } from '../../src/settlement/orders/index.ts';
import { remittancesOf } from '../../src/settlement/remittances/index.ts';
import { bill } from './client.ts';
import { startTestWorld, type TestWorld } from './gateway.ts';
import { ACTOR, addBills, BILLERS, done, MASTER_KEY, setClock } from './world.ts';

export interface RemitWorld extends TestWorld {
  readonly dataDir: string;
  readonly parts: RemittanceParts & CarryParts;
  /** What was logged. */
  readonly lines: { level: string; told: unknown; text: string }[];
}

type Settings = { funding?: 'guaranteed' | 'collected'; approveAboveMinor?: string; days?: number };

/** Every biller is paid from the bank `main`; nothing below a million needs persons unless `settings` say so. */
export async function makeRemitWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  settings: Settings = {},
): Promise<RemitWorld> {
  const world = await startTestWorld(t);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'wasit-remit-'));
  t.teardown(() => rm(dataDir, { recursive: true, force: true }));
  const { db } = world;
  await layBanks(db);
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
    kinds: orderKinds,
    log,
  };
  return { ...world, dataDir, parts, lines };
}

async function layBanks(db: Database): Promise<void> {
  const change = {
    name: { en: 'Main Bank' },
    timeZone: 'Asia/Muscat',
    cutOff: '14:00',
    weekend: [5, 6],
    bic: 'BMUSOMRX',
    leadDays: 1,
    handover: { way: 'folder' },
  };
  done(await addBank(db, 'main', { change }, MASTER_KEY, ACTOR));
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

export async function changeBank(db: Database, change: BankChange, secret?: string): Promise<void> {
  const wish = { change, ...(secret !== undefined && { secret }) };
  done(await setBank(db, 'main', wish, MASTER_KEY, ACTOR));
}

export async function setAccount(
  db: Database,
  billerCode: string,
  unit: string,
  {
    holder,
    paysFrom,
    number = '00799999001234567803',
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

/** Cut-offs of every biller of the world lie before it: om 12:00, eg 13:00, dz 16:00 in UTC. */
export const EVENING = '2026-11-22T16:30:00Z';
let bills = 0;

type Owed = { readonly id: number; readonly code: string; readonly currency: string };
interface Collecting {
  readonly biller?: keyof typeof BILLERS;
  /** Another than those of the world, which has units of none. */
  readonly of?: Owed;
  readonly channel?: string;
}

/** Bills are paid at the bank on the open day, `units` saying how much of which ('' is of none). */
export async function collect(
  world: RemitWorld,
  units: Readonly<Record<string, string>>,
  { biller = 'om', of = BILLERS[biller], channel = 'bank' }: Collecting = {},
): Promise<void> {
  const { id, code, currency } = of;
  const known = Object.keys(units).filter((unit) => unit !== '');
  if (known.length > 0)
    done(
      await setUnits(
        world.db,
        code,
        known.map((unit) => ({ code: unit, name: { en: unit } })),
        ACTOR,
      ),
    );
  for (const [unit, amount] of Object.entries(units)) {
    const number = `R-${id}-${(bills += 1)}`;
    await addBills(world.db, biller, [{ number, amount, ...(unit !== '' && { unit }) }]);
    await world.db.transaction((tx) =>
      tx.query('update bill set biller_id = $1 where bill_number = $2', [id, number]),
    );
    const paid = await world
      .client(channel)
      .pay({ billerCode: code, bills: [bill(number, amount, currency)] });
    if (paid.body === undefined) throw new Error(paid.text);
  }
}

/** Closes a day whose cut-off has passed. */
export async function close(
  world: RemitWorld,
  { id: billerId }: Pick<Owed, 'id'> = BILLERS.om,
  businessDate = '2026-11-22',
): Promise<{ batch: Batch; remittances: Remittance[] }> {
  const { batch } = done(await closeDay(world.db, { billerId, businessDate }));
  const remittances = await world.db.transaction((tx) => remittancesOf(tx, billerId, batch.settlementId));
  return { batch, remittances };
}

/** The usual beginning: something is paid, and the evening's close plans its one remittance. */
export async function planned(world: RemitWorld, amount = '125.500'): Promise<Remittance> {
  await collect(world, { '': amount });
  await setClock(world.db, EVENING);
  const [remittance] = (await close(world)).remittances;
  if (remittance === undefined) throw new Error('nothing was planned');
  return remittance;
}

/** The books' clock moves to `instant`, and the worker does what it then does. */
export async function work(world: RemitWorld, instant?: string): Promise<Map<string, string>> {
  if (instant !== undefined) await setClock(world.db, instant);
  await sweepRemittances(world.parts);
  await sweepOrders({ ...world.parts, reader: readOrderStatus });
  return filesAt(path.join(world.dataDir, 'orders'));
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
