// Deposits into the operator's bank: the small world with an account in each currency, every biller taking deposits, and
// statement lines as the intake of statements leaves them.
import { hash } from 'node:crypto';
import type { Test } from 'tap';
import { openBusinessDays } from '../../src/billers/index.ts';
import { addChannel, Directory, setAgreement, type Terms } from '../../src/channels/index.ts';
import { newId, type Uuid } from '../../src/kernel/ids.ts';
import { parseMinor } from '../../src/kernel/money.ts';
import {
  placeDeposits,
  type DepositLine,
  type DepositTools,
} from '../../src/reconciliation/deposits/index.ts';
import { testWorld } from './database.ts';
import { ACTOR, BILLERS, done, type World } from './world.ts';

export type Currency = 'OMR' | 'DZD' | 'EGP';
const ACCOUNTS: Record<Currency, number> = { OMR: 1, DZD: 2, EGP: 3 };

export interface LineSpec {
  readonly text: string;
  readonly amount: string;
  readonly currency?: Currency;
  readonly bookedOn?: string;
  readonly bookedAt?: Date;
}

export interface DepositWorld extends World {
  readonly tools: DepositTools;
  readonly faults: unknown[];
  /** Lines of one statement, which wait to be placed. */
  readonly arrive: (specs: readonly LineSpec[]) => Promise<DepositLine[]>;
  /** The same, placed; what each came to, as `told` says it. */
  readonly deposit: (...specs: LineSpec[]) => Promise<Told[]>;
  readonly told: (lines: readonly DepositLine[]) => Promise<Told[]>;
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
}

export interface Told {
  readonly outcome: string | null;
  /** `kind biller amount status bills…` of each part. */
  readonly parts: readonly string[];
  /** `kind refusal`. */
  readonly breaks: readonly string[];
}

const FREE: Terms = { route: 'via-operator' };

export async function depositWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  terms: Partial<Record<keyof typeof BILLERS, Terms>> = { om: FREE, dz: FREE, eg: FREE },
  more: Partial<DepositTools> = {},
): Promise<DepositWorld> {
  const world = await testWorld(t);
  const { db } = world;
  done(await addChannel(db, 'deposit', { name: { en: 'Deposits' }, kind: 'deposit' }, ACTOR));
  for (const [name, agreed] of Object.entries(terms)) {
    const { code: billerCode } = BILLERS[name as keyof typeof BILLERS];
    done(
      await setAgreement(
        db,
        { billerCode, channelCode: 'deposit' },
        agreed,
        ACTOR,
        new Date('2026-01-01T00:00:00Z'),
      ),
    );
  }
  await layAccounts(world);
  const directory = await Directory.open(db);
  for (const biller of directory.current.billersById.values()) await openBusinessDays(db, biller);
  const faults: unknown[] = [];
  const log = {
    warn: (told: unknown) => void faults.push(told),
    error: (told: unknown) => void faults.push(told),
  };
  const openDays = async (billerId: number): Promise<void> => {
    const biller = directory.current.billersById.get(billerId);
    if (biller !== undefined) await openBusinessDays(db, biller);
  };
  const tools: DepositTools = { database: db, directory, openDays, log, ...more };
  const arrive = (specs: readonly LineSpec[]) => insertLines(world, specs);
  const told = (lines: readonly DepositLine[]) => tell(world, lines);
  return {
    ...world,
    tools,
    faults,
    arrive,
    told,
    sql: (text, values = []) => db.transaction((tx) => tx.query(text, values)),
    deposit: async (...specs) => {
      const lines = await arrive(specs);
      await placeDeposits(tools, lines);
      return told(lines);
    },
  };
}

async function layAccounts({ db }: World): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into bank (bank_id, code, name, time_zone, cut_off, weekend, handover)
       values (1, 'main', '{"en":"Main"}', 'Asia/Muscat', '14:00', '{5,6}', '{"way":"folder"}')`,
    );
    await tx.query(
      `insert into bank_account (account_id, code, bank_id, currency, holder, sealed_number, shown_number)
       select id, 'ours-' || lower(currency), 1, currency, 'Wasit', '\\x00', '…' from unnest($1::int[], $2::text[]) as a(id, currency)`,
      [Object.values(ACCOUNTS), Object.keys(ACCOUNTS)],
    );
  });
}

async function insertLines({ db }: World, specs: readonly LineSpec[]): Promise<DepositLine[]> {
  const statementId: Uuid = newId(Date.parse('2026-11-22T08:00:00Z'), 0);
  const lines = specs.map((spec, at): DepositLine => {
    const { text, amount, currency = 'OMR', bookedOn = '2026-11-22', bookedAt = null } = spec;
    const amountMinor = parseMinor(amount, currency);
    if (amountMinor === undefined) throw new Error(`${amount} is no amount of ${currency}`);
    const accountId = ACCOUNTS[currency];
    return {
      statementId,
      line: at + 1,
      accountId,
      bookedOn,
      bookedAt,
      currency,
      amountMinor,
      text,
      counterparty: null,
    };
  });
  const currency = lines[0]?.currency ?? 'OMR';
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into statement_file (file_id, sha256, name, source, state, received_at, touched_at)
       values ($1, $2, 'test', 'command', 'read', business_now(), business_now())`,
      [statementId, hash('sha256', statementId, 'buffer')],
    );
    await tx.query(
      `insert into statement (statement_id, file_id, position, account_id, form, reference, currency, credits_minor,
         debits_minor, lines, continuity, state, recorded_at)
       values ($1, $1, 1, $2, 'statement', 'S', $3, $5, 0, $4, 'unknown', 'read', business_now())`,
      [
        statementId,
        ACCOUNTS[currency as Currency],
        currency,
        lines.length,
        lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      ],
    );
    await tx.query(
      `insert into statement_line (statement_id, line, entry, account_id, booked_on, booked_at, currency, amount_minor,
         is_reversal, text, place, identity, occurrence)
       select $1, line, line, account_id, booked_on, booked_at, currency, amount_minor, false, text, '', sha256(line::text::bytea), 1
         from json_to_recordset($2::json) as l(line int, account_id int, booked_on date, booked_at timestamptz, currency text,
              amount_minor bigint, text text)`,
      [
        statementId,
        JSON.stringify(
          lines.map((line) => ({
            line: line.line,
            account_id: line.accountId,
            booked_on: line.bookedOn,
            booked_at: line.bookedAt,
            currency: line.currency,
            amount_minor: String(line.amountMinor),
            text: line.text,
          })),
        ),
      ],
    );
  });
  return lines;
}

async function tell({ db }: World, lines: readonly DepositLine[]): Promise<Told[]> {
  return db.transaction(async (tx) => {
    const rows = await tx.query<{ outcome: string | null; parts: string[]; breaks: string[] }>(
      `select l.outcome,
              array(select concat_ws(' ', m.kind, b.code, m.amount_minor, p.status,
                      (select string_agg(bill_number || '=' || amount_minor, ' ' order by k.line) from payment_bill k
                        where k.biller_id = p.biller_id and k.payment_id = p.payment_id))
                      from statement_match m left join biller b using (biller_id)
                      left join payment p on p.biller_id = m.biller_id and p.payment_id = m.subject_id
                     where m.statement_id = l.statement_id and m.line = l.line order by m.part) as parts,
              array(select concat_ws(' ', k.kind, k.ours->>'refusal', k.ours->>'why') from break k
                     where k.statement_id = l.statement_id and k.line = l.line and k.state = 'open') as breaks
         from statement_line l
         join json_to_recordset($1::json) as w(statement_id uuid, line int) using (statement_id, line) order by l.line`,
      [JSON.stringify(lines.map(({ statementId, line }) => ({ statement_id: statementId, line })))],
    );
    return rows;
  });
}
