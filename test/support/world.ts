// A small world to pay in: agencies of every policy, channels of every funding, agreements of every kind of fee,
// and a key for each. The books' clock starts at 08:00 UTC on a Sunday, before every agency's cut-off.
import { hash } from 'node:crypto';
import type { Actor, Outcome } from '../../src/access/index.ts';
import { addBiller, setUnits, type BillerSettings } from '../../src/billers/index.ts';
import {
  addChannel,
  addKey,
  setAgreement,
  suspendChannel,
  topUpChannel,
  type ChannelChange,
  type Terms,
} from '../../src/channels/index.ts';
import { exponentOf } from '../../src/kernel/currencies.ts';
import { parseMinor } from '../../src/kernel/money.ts';
import type { Database } from '../../src/platform/db/index.ts';

export const ACTOR: Actor = { name: 'test', origin: 'cli' };
export const MORNING = '2026-11-22T08:00:00Z';
export const MASTER_KEY = Buffer.alloc(32, 7);

export const BILLERS = {
  om: { id: 1, code: 'om-social', currency: 'OMR' },
  dz: { id: 2, code: 'dz-social', currency: 'DZD' },
  eg: { id: 3, code: 'eg-local', currency: 'EGP' },
} as const;

const SETTINGS: Record<keyof typeof BILLERS, Partial<BillerSettings>> = {
  om: { policy: 'at-least', timeZone: 'Asia/Muscat', cutOff: '16:00' },
  dz: {
    policy: 'exact',
    timeZone: 'Africa/Algiers',
    cutOff: '17:00',
    penalty: [
      { percent: '5', every: 'once' },
      { percent: '1', every: 'month', fromDay: 31, ceiling: { percent: '24' } },
    ],
  },
  eg: { policy: 'between', timeZone: 'Africa/Cairo', cutOff: '15:00' },
};

/** Postpaid bank without limits, agent with a float, credit-limited shop, kiosk limited by payment and by day. */
const CHANNELS: Record<string, ChannelChange> = {
  bank: { kind: 'bank' },
  agent: { kind: 'agent', funding: 'prefunded' },
  shop: { kind: 'agent', creditLimit: { OMR: '500.000' } },
  kiosk: { kind: 'kiosk', limitPerPayment: { OMR: '200.000' }, limitPerDay: { OMR: '300.000' } },
  transit: { kind: 'bank' },
  closed: { kind: 'web' },
  stranger: { kind: 'atm' },
};

const AGREEMENTS: Record<string, Partial<Record<keyof typeof BILLERS, Terms>>> = {
  bank: {
    om: { route: 'via-operator', fees: [{ per: 'payment', bearer: 'payer', flat: '0.200' }] },
    dz: {
      route: 'via-operator',
      fees: [{ per: 'payment', bearer: 'biller', percent: '0.25', min: '20.00' }],
    },
    eg: { route: 'via-operator' },
  },
  agent: {
    om: {
      route: 'via-operator',
      fees: [{ per: 'bill', bearer: 'payer', flat: '0.200' }],
      taxPercent: '15',
      commission: [{ percent: '0.2' }],
    },
    dz: { route: 'via-operator' },
  },
  shop: { om: { route: 'via-operator', methods: ['cash'], outletKinds: ['agent'] } },
  kiosk: { om: { route: 'via-operator' } },
  transit: {
    om: {
      route: 'direct',
      fees: [{ per: 'payment', bearer: 'shared', payerPercent: '50', percent: '0.5' }],
      taxPercent: '5',
      commission: [{ flat: '0.010' }],
    },
    dz: { route: 'direct' },
  },
  closed: { om: { route: 'via-operator' } },
};

export interface World {
  readonly db: Database;
  readonly url: string;
  /** Bearer keys by client: a channel's code, or a biller's. */
  readonly keys: ReadonlyMap<string, string>;
}

/** `floatMinor`: what the agent has paid in, in thousandths of a rial. A test gets a copy of it by `testWorld`. */
export async function makeWorld(
  { db, url }: { db: Database; url: string },
  { floatMinor = 1_000_000n, at = MORNING } = {},
): Promise<World> {
  await setClock(db, at);
  const since = new Date('2026-01-01T00:00:00Z');
  for (const [name, { code, currency }] of Object.entries(BILLERS)) {
    const settings = SETTINGS[name as keyof typeof BILLERS];
    done(await addBiller(db, code, { name: { en: code }, currency, ...settings }, ACTOR));
  }
  done(await setUnits(db, BILLERS.eg.code, [{ code: 'cairo', name: { en: 'Cairo' } }], ACTOR));
  for (const [code, settings] of Object.entries(CHANNELS))
    done(await addChannel(db, code, { name: { en: code }, ...settings }, ACTOR));
  for (const [channelCode, terms] of Object.entries(AGREEMENTS)) {
    for (const [name, { code: billerCode }] of Object.entries(BILLERS)) {
      const agreed = terms[name as keyof typeof BILLERS];
      if (agreed !== undefined)
        done(await setAgreement(db, { billerCode, channelCode }, agreed, ACTOR, since));
    }
  }
  done(await topUpChannel(db, 'agent', { minor: floatMinor, currency: 'OMR' }, 'float-1', ACTOR));
  done(await suspendChannel(db, 'closed', ACTOR));
  const keys = new Map<string, string>();
  for (const client of [...Object.keys(CHANNELS), ...Object.values(BILLERS).map(({ code }) => code)]) {
    const made = done(await addKey(db, client, { algorithm: 'bearer' }, MASTER_KEY, ACTOR));
    keys.set(client, made.shownOnce ?? '');
  }
  return { db, url, keys };
}

/** What a change came to; throws when it was refused. */
export function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** From now on the books' clock goes on from `instant`. */
export async function setClock(db: Database, instant: string): Promise<void> {
  await db.transaction((tx) =>
    tx.query(
      `insert into demo_clock (shift) values ($1::timestamptz - clock_timestamp())
       on conflict (only_row) do update set shift = excluded.shift`,
      [instant],
    ),
  );
}

export interface BillSpec {
  readonly number: string;
  /** Decimal; left out for an open amount. */
  readonly amount?: string;
  readonly min?: string;
  readonly max?: string;
  readonly step?: string;
  readonly payer?: string;
  readonly dueOn?: string;
  readonly expiresOn?: string;
  readonly status?: 'open' | 'cancelled';
  readonly unit?: string;
  readonly service?: string;
  readonly budgetLine?: string;
  readonly lines?: readonly { readonly budgetLine: string; readonly amount: string }[];
}

/** Adds bills of one agency, due at the end of 2026 unless they say otherwise. */
export async function addBills(
  db: Database,
  biller: keyof typeof BILLERS,
  specs: readonly BillSpec[],
): Promise<void> {
  const { id, currency } = BILLERS[biller];
  const minor = (value: string | undefined): string | null => {
    if (value === undefined) return null;
    const read = parseMinor(value, currency);
    if (read === undefined)
      throw new Error(`${value} has not the ${exponentOf(currency)} decimals of ${currency}`);
    return read.toString();
  };
  const rows = specs.map((spec) => ({
    bill_number: spec.number,
    payer_id: spec.payer ?? 'E-1',
    status: spec.status ?? 'open',
    amount_minor: minor(spec.amount),
    min_minor: minor(spec.min),
    max_minor: minor(spec.max),
    step_minor: minor(spec.step),
    due_on: spec.dueOn ?? '2026-12-31',
    expires_on: spec.expiresOn ?? null,
    unit: spec.unit ?? null,
    service: spec.service ?? null,
    budget_line: spec.budgetLine ?? null,
    lines: spec.lines ?? null,
    content_hash: hash('sha256', JSON.stringify(spec), 'hex'),
  }));
  await db.transaction((tx) =>
    tx.query(
      `insert into bill (biller_id, bill_number, payer_id, payer_name, description, status, amount_minor, min_minor, max_minor,
                         step_minor, due_on, expires_on, unit, service, budget_line, lines, content_hash, received_at)
       select $1, bill_number, payer_id, 'Salim Al Harthy', 'Contribution', status, amount_minor, min_minor, max_minor,
              step_minor, due_on, expires_on, unit, service, budget_line, lines, decode(content_hash, 'hex'), business_now()
         from jsonb_to_recordset($2::jsonb) as b(bill_number text, payer_id text, status text, amount_minor bigint, min_minor bigint,
              max_minor bigint, step_minor bigint, due_on date, expires_on date, unit text,
              service text, budget_line text, lines jsonb, content_hash text)`,
      [id, JSON.stringify(rows)],
    ),
  );
}

/** `count` bills of one amount, `prefix`0001 and so on; returns their numbers. */
export async function addManyBills(
  db: Database,
  biller: keyof typeof BILLERS,
  prefix: string,
  count: number,
  amount: string,
): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, i) => `${prefix}${String(i + 1).padStart(4, '0')}`);
  await addBills(
    db,
    biller,
    numbers.map((number) => ({ number, amount })),
  );
  return numbers;
}
