// Channels that owe: days that are paid and closed, lines of bank statements as the intake writes them, and what the worker
// makes of both.
import { newId, type Uuid } from '../../src/kernel/ids.ts';
import { Entries, recordEntries } from '../../src/ledger/index.ts';
import type { Database, Tx } from '../../src/platform/db/index.ts';
import {
  positionSweep,
  receiveFromChannels,
  takeBackFromChannel,
  type ChannelTransfer,
  type Received,
} from '../../src/reconciliation/position/index.ts';
import type { PositionAnswer } from '../../src/reconciliation/position/schema.ts';
import { LANE } from '../../src/settlement/remittances/index.ts';
import { close, collect, type RemitWorld } from './remit-world.ts';
import { BILLERS, setClock } from './world.ts';

/** Numbers of the world's channels. */
export const CHANNEL = { bank: 1, agent: 2, shop: 3, kiosk: 4, transit: 5 } as const;

/** The operator's account in rials. */
export async function accountId(db: Database, code = 'ours-omr'): Promise<number> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ account_id: number }>('select account_id from bank_account where code = $1', [code]),
  );
  if (row === undefined) throw new Error(`no account ${code}`);
  return row.account_id;
}

interface Line {
  readonly minor: bigint;
  readonly bookedOn: string;
  readonly currency?: string;
  readonly reference?: string;
}

/** One line of a statement of its own. */
export async function bankLine(
  db: Database,
  { minor, bookedOn, currency = 'OMR', reference = 'FT26327001' }: Line,
): Promise<{ statementId: Uuid; line: number; at: Date }> {
  return db.transaction(async (tx) => {
    const [{ now } = { now: new Date(0) }] = await tx.query<{ now: Date }>('select business_now() as now');
    const [fileId, statementId] = [newId(now.getTime(), 0), newId(now.getTime(), 0)];
    await tx.query(
      `insert into statement_file (file_id, sha256, name, source, state, received_at, touched_at)
       values ($1, sha256(uuid_send($1)), 'test', 'command', 'read', $2, $2)`,
      [fileId, now],
    );
    await tx.query(
      `insert into statement (statement_id, file_id, position, account_id, form, reference, currency, credits_minor,
         debits_minor, lines, continuity, state, recorded_at)
       select $1, $2, 1, account_id, 'statement', 'S1', currency, greatest($5::bigint, 0), greatest(-$5::bigint, 0), 1, 'unknown', 'read', $4
         from bank_account where currency = $3`,
      [statementId, fileId, currency, now, minor],
    );
    await tx.query(
      `insert into statement_line (statement_id, line, entry, booked_on, valued_on, currency, amount_minor, is_reversal,
         bank_reference, text, place, identity, occurrence, outcome, placed_at)
       values ($1, 1, 1, $2, $2::date + 1, $3, $4, $4::bigint < 0, $5, 'transfer', 'line 1', ''::bytea, 1, 'channel', $6)`,
      [statementId, bookedOn, currency, minor, reference, now],
    );
    return { statementId, line: 1, at: now };
  });
}

interface Paying {
  readonly channel?: keyof typeof CHANNEL;
  readonly bookedOn?: string;
  readonly currency?: string;
  readonly reference?: string;
}

/** The channel's transfer arrives with a statement. */
export async function transfer(
  world: RemitWorld,
  minor: bigint,
  { channel = 'bank', bookedOn = '2026-11-23', currency = 'OMR', ...more }: Paying = {},
): Promise<{ received: Received; line: ChannelTransfer }> {
  const { db } = world;
  const line: ChannelTransfer = {
    ...(await bankLine(db, { minor, bookedOn, currency, ...more })),
    channelId: CHANNEL[channel],
    accountId: await accountId(db, `ours-${currency.toLowerCase()}`),
    money: { minor, currency },
  };
  const [received] = await db.transaction((tx) => receive(tx, line));
  if (received === undefined) throw new Error('the transfer was not answered');
  return { received, line };
}

/** Received and recorded, as the placing of lines does. */
export async function receive(tx: Tx, ...transfers: readonly ChannelTransfer[]): Promise<Received[]> {
  const entries = new Entries();
  const received = await receiveFromChannels(tx, transfers, entries);
  await recordEntries(tx, entries, LANE);
  return received;
}

/** The bank takes so much of it back, as a line of its own. */
export async function takenBack(
  world: RemitWorld,
  minor: bigint,
  { channel = 'bank', bookedOn = '2026-11-24', currency = 'OMR' }: Paying = {},
): Promise<Received> {
  const { db } = world;
  const line = await bankLine(db, { minor: -minor, bookedOn, currency });
  const taken = {
    ...line,
    channelId: CHANNEL[channel],
    accountId: await accountId(db, `ours-${currency.toLowerCase()}`),
    money: { minor, currency },
  };
  return db.transaction(async (tx) => {
    const entries = new Entries();
    const answer = await takeBackFromChannel(tx, taken, entries);
    await recordEntries(tx, entries, LANE);
    return answer;
  });
}

/** What the worker does between two sweeps; a sweep that fails fails the test. */
export async function sweep(world: RemitWorld): Promise<void> {
  const [{ revision } = { revision: 0n }] = await world.db.transaction((tx) =>
    tx.query<{ revision: bigint }>('select revision from configuration'),
  );
  const faults: unknown[] = [];
  const log = { info: () => undefined, error: (told: unknown) => void faults.push(told) };
  const billers = () => Object.values(BILLERS).map(({ id, code }) => ({ billerId: id, code }));
  await positionSweep({
    database: world.db,
    billers,
    revision: () => revision,
    log: log as Parameters<typeof positionSweep>[0]['log'],
  })();
  if (faults.length > 0) throw new Error('the sweep failed', { cause: faults[0] });
}

/** Paid at the channel on om-social's open day, which is then closed; the clock stands after its cut-off. */
export async function closedDay(
  world: RemitWorld,
  date: string,
  amounts: Partial<Record<keyof typeof CHANNEL, string>>,
): Promise<void> {
  await setClock(world.db, `${date}T08:00:00Z`);
  for (const [channel, amount] of Object.entries(amounts)) await collect(world, { '': amount }, { channel });
  await setClock(world.db, `${date}T12:00:01Z`);
  await close(world, BILLERS.om, date);
  await sweep(world);
}

export async function position(
  world: RemitWorld,
  channel: keyof typeof CHANNEL = 'bank',
  query = '',
): Promise<PositionAnswer> {
  const { body, text } = await world
    .client(channel)
    .send<PositionAnswer>('GET', `/v1/position${query === '' ? '' : `?${query}`}`);
  if (body === undefined) throw new Error(text);
  return body;
}

/** `owed paid dueOn`, late ones with a bang, by business date. */
export async function owed(
  world: RemitWorld,
  channel: keyof typeof CHANNEL = 'bank',
  query = '',
): Promise<Record<string, string>> {
  const { items } = await position(world, channel, query);
  return Object.fromEntries(
    items.map(({ businessDate, billerCode, state, owed, paid, dueOn, late }) => [
      `${businessDate}${billerCode === 'om-social' ? '' : ` ${billerCode}`}`,
      state === 'running'
        ? `${owed.value} running`
        : `${owed.value} ${paid.value} ${dueOn ?? ''}${late ? '!' : ''}`,
    ]),
  );
}

export interface PartSeen {
  biller_id: number;
  business_date: string | null;
  minor: bigint;
  part: number;
}

/** Of a line, or of all. */
export function partsOf(db: Database, statementId: Uuid | null = null): Promise<PartSeen[]> {
  return db.transaction((tx) =>
    tx.query<PartSeen>(
      `select biller_id, business_date, amount_minor as minor, part from channel_payment
        where statement_id = $1 or $1 is null order by recorded_at, statement_id, line, part`,
      [statementId],
    ),
  );
}

/** The channel's receivable over all books. */
export async function receivable(
  db: Database,
  channel: keyof typeof CHANNEL = 'bank',
  currency = 'OMR',
): Promise<bigint> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ minor: bigint }>(
      `select coalesce(sum(b.amount_minor), 0)::bigint as minor from balance b join account a using (biller_id, account_no)
        where a.code = 'channel/receivable' and a.channel_id = $1 and a.currency = $2`,
      [CHANNEL[channel], currency],
    ),
  );
  return row?.minor ?? 0n;
}
