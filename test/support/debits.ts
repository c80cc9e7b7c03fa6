// Debits of a small world, made ready as if they were with the bank, and what banks say of them.
import type { Test } from 'tap';
import { Directory } from '../../src/channels/index.ts';
import { bookDebits, type BookingTools } from '../../src/mandates/index.ts';
import {
  lockDebits,
  moveDebits,
  noteWords,
  putDebitTerms,
  type DebitTerms,
  type Noted,
  type WordVerdict,
} from '../../src/mandates/debits/index.ts';
import { insertDebits } from '../../src/mandates/planning/store-new.ts';
import { newId, parseId, type Uuid } from '../../src/kernel/ids.ts';
import { undoTools } from '../../src/payments/index.ts';
import { accepted } from './mandates.ts';
import { makeRemitWorld, type RemitWorld } from './remit-world.ts';
import { colleague } from './staff.ts';
import { addBills, BILLERS, type BillSpec } from './world.ts';

export interface DebitWorld extends RemitWorld {
  readonly mandateId: Uuid;
  readonly tools: BookingTools;
  /** What was logged, as words. */
  readonly told: string[];
  readonly givenUp: string[];
}

const OM = BILLERS.om;
const TERMS: Omit<DebitTerms, 'bankId'> = {
  billerId: OM.id,
  accountId: 1,
  schemeId: null,
  overCeiling: 'split',
  retryDays: [3, 7],
  method: 'account',
  paidAt: 'settled',
};

/** Payer E-1 of the agency `om` has a mandate with the channel `bank`. */
export async function makeDebitWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  terms: Partial<typeof TERMS> = {},
): Promise<DebitWorld> {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  const approver = await colleague(db, baseUrl, 'approver', 'approver', { billerCode: OM.code });
  const agency = world.client(OM.code);
  const id = await accepted(
    { ...world, agency, bank: world.client('bank'), approver, second: approver, operator: approver },
    {
      validFrom: '2026-11-01',
    },
  );
  const mandateId = parseId('mnd', id);
  if (mandateId === undefined) throw new Error(id);
  await db.transaction((tx) => putDebitTerms(tx, { ...TERMS, ...terms }));
  const directory = await Directory.open(db);
  const told: string[] = [];
  const givenUp: string[] = [];
  const say = (facts: unknown, text?: string) =>
    void told.push(`${text} ${facts instanceof Object && 'err' in facts ? String(facts.err) : ''}`);
  const tools: BookingTools = {
    database: db,
    directory,
    openDays: undoTools(db, directory).openDays,
    log: { warn: say, error: say },
    onGivenUp: (biller, cause) => void givenUp.push(`${biller} ${cause}`),
  };
  return { ...world, mandateId, tools, told, givenUp };
}

type Fixed = BillSpec & { readonly amount: string; readonly owedAsOf?: string };

/** A debit that its bank has, of bills that are made for it. `state`: built, or noted as sent. */
export async function debit(
  world: Pick<DebitWorld, 'db' | 'mandateId'>,
  specs: readonly Fixed[],
  { state = 'sent', collectOn = '2026-11-22' }: { state?: 'built' | 'sent'; collectOn?: string } = {},
): Promise<Uuid> {
  const { db, mandateId } = world;
  await addBills(
    db,
    'om',
    specs.map(({ owedAsOf: _, ...spec }) => spec),
  );
  return db.transaction(async (tx) => {
    const at = new Date();
    const bills = specs.map((spec) => ({
      billNumber: spec.number,
      dueOn: spec.dueOn ?? '2026-12-31',
      owedAsOf: spec.owedAsOf ?? collectOn,
      dueMinor: BigInt(spec.amount.replace('.', '')),
      revision: 1,
    }));
    const coverage = {
      mandateBillerId: OM.id,
      mandateId,
      channelId: 1,
      collect: { on: 'due-date' as const },
      announceDays: 0,
      validFrom: '2026-11-01',
      validUntil: null,
      perDebitMinor: 10n ** 9n,
      perMonthMinor: 10n ** 9n,
    };
    const [made] = await insertDebits(tx, { billerId: OM.id, currency: OM.currency, at }, [
      { coverage, collectOn, sendOn: collectOn, bills, held: undefined },
    ]);
    if (made === undefined) throw new Error('no debit was made');
    const ref = { billerId: OM.id, debitId: made.debitId };
    for (const to of state === 'sent' ? (['built', 'sent'] as const) : (['built'] as const)) {
      const debits = await lockDebits(tx, [ref]);
      await moveDebits(
        tx,
        debits.map((each) => ({ debit: each, to })),
        { actor: 'worker', at },
      );
    }
    await tx.query(`update debit_order set way = 'file' where debit_id = $1`, [made.debitId]);
    return made.debitId;
  });
}

/** The bank says so, by whatever way. */
export async function say(
  { db }: Pick<DebitWorld, 'db'>,
  debitId: Uuid,
  verdict: WordVerdict,
  code: string | null = null,
): Promise<Noted | undefined> {
  const word = {
    billerId: OM.id,
    debitId,
    verdict,
    code,
    text: null,
    bankReference: 'B-1',
    source: newId(1, 1),
  };
  const [noted] = await db.transaction(async (tx) => {
    const [row] = await tx.query<{ now: Date }>('select business_now() as now');
    return noteWords(tx, [word], row?.now ?? new Date());
  });
  return noted;
}

/** Until nothing more is booked. */
export async function bookAll({ tools }: Pick<DebitWorld, 'tools'>): Promise<void> {
  while ((await bookDebits(tools)) > 0);
}

export interface Standing {
  readonly state: string;
  readonly why: string | null;
  readonly retryOn: string | null;
  readonly waiting: number;
  /** `number outcome status of the bill`. */
  readonly bills: readonly string[];
}

export async function debitStanding({ db }: Pick<DebitWorld, 'db'>, debitId: Uuid): Promise<Standing> {
  const [row] = await db.transaction((tx) =>
    tx.query<Standing>(
      `select o.state, o.why, o.retry_on as "retryOn",
              (select count(*)::int from debit_word w where w.debit_id = o.debit_id and w.booked_at is null) as waiting,
              (select json_agg(concat_ws(' ', d.bill_number, coalesce(d.outcome, '-'), b.status) order by d.bill_number)
                 from debit_bill d join bill b using (biller_id, bill_number) where d.debit_id = o.debit_id) as bills
         from debit_order o where o.debit_id = $1`,
      [debitId],
    ),
  );
  if (row === undefined) throw new Error('there is no such debit');
  return row;
}
