// Debits of a small world: an agency that collects from its payers' accounts, mandates that hold, and what the worker does
// about them at a moment. The agency rests on Saturday and Sunday, its bank `main` on Friday and Saturday and wants files one
// working day before.
import path from 'node:path';
import type { Test } from 'tap';
import { Directory } from '../../src/channels/index.ts';
import { debitWriter, readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import { showId, type Uuid } from '../../src/kernel/ids.ts';
import { endToEndIdOf, putDebitTerms, type DebitTerms } from '../../src/mandates/debits/index.ts';
import {
  bookDebits,
  buildSome,
  fileSome,
  planDebits,
  tellSome,
  type BookingTools,
  type SendParts,
} from '../../src/mandates/index.ts';
import { orderKinds } from '../../src/order-kinds.ts';
import { messageIdOf, sweepOrders, takeBankAnswer, type TakenAnswer } from '../../src/orders/index.ts';
import { undoTools } from '../../src/payments/index.ts';
import { report } from './bank-answers.ts';
import { accepted, type MandateWorld } from './mandates.ts';
import { filesAt, makeRemitWorld, type RemitWorld } from './remit-world.ts';
import { colleague } from './staff.ts';
import { BILLERS, MASTER_KEY, setClock } from './world.ts';

export interface SendingWorld extends RemitWorld, MandateWorld {
  readonly sending: SendParts;
  readonly booking: BookingTools;
}

const OM = BILLERS.om.id;

/** om-social collects by debit; `terms`: otherwise than split, retried after 3 days, paid when the money is there. */
export async function makeSendingWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  terms: Partial<DebitTerms> = {},
): Promise<SendingWorld> {
  const world = await makeRemitWorld(t);
  const { db, baseUrl, parts } = world;
  const place = { billerCode: BILLERS.om.code };
  const all = {
    billerId: OM,
    accountId: 1,
    schemeId: null,
    overCeiling: 'split',
    retryDays: [3],
    method: 'account',
    paidAt: 'settled',
    ...terms,
  } as const;
  await db.transaction((tx) => putDebitTerms(tx, all));
  const { masterKey, log } = parts;
  const directory = await Directory.open(db);
  return {
    ...world,
    sending: { database: db, directory, masterKey, debitWriter, log },
    booking: {
      database: db,
      directory,
      openDays: undoTools(db, directory).openDays,
      log,
      onGivenUp: () => undefined,
    },
    agency: world.client(BILLERS.om.code),
    bank: world.client('bank'),
    approver: await colleague(db, baseUrl, 'approver', 'approver', place),
    second: await colleague(db, baseUrl, 'second', 'finance-officer', place),
    operator: await colleague(db, baseUrl, 'desk', 'support'),
  };
}

/** Accepted and valid by now, told three days before; its id as it is shown. */
export function mandateFor(world: SendingWorld, payerId: string, more: object = {}): Promise<string> {
  return accepted(world, { payerId, announceDays: 3, validFrom: '2026-11-01', ...more });
}

/** What the worker does with debits that are due, once: built, put into files, and what banks have noted as sent. */
export async function sendDebits(sending: SendParts): Promise<void> {
  await buildSome(sending);
  await fileSome(sending);
  await tellSome(sending);
}

/** The clock moves to `instant`, and the worker plans, builds, files and hands over; the files at the bank by name. */
export async function workDebits(world: SendingWorld, instant?: string): Promise<Map<string, string>> {
  if (instant !== undefined) await setClock(world.db, instant);
  await planDebits(world.sending, OM);
  await sendDebits(world.sending);
  await sweepOrders({ ...world.parts, reader: readOrderStatus });
  await sendDebits(world.sending);
  return filesAt(path.join(world.dataDir, 'orders'));
}

export interface DebitSeen {
  readonly debit_id: Uuid;
  readonly state: string;
  readonly why: string | null;
  readonly amount_minor: bigint;
  readonly collect_on: string;
  readonly send_on: string;
  readonly way: string | null;
  readonly file_id: Uuid | null;
  readonly attempt: number;
  readonly retry_on: string | null;
  /** `number outcome`, in order. */
  readonly bills: readonly string[];
  readonly steps: readonly string[];
}

/** All of om-social, or of another agency, by their day and first bill. */
export function debitsSeen({ db }: Pick<SendingWorld, 'db'>, billerId: number = OM): Promise<DebitSeen[]> {
  return db.transaction((tx) =>
    tx.query<DebitSeen>(
      `select o.*, b.bills, coalesce(s.steps, '{}') as steps
         from debit_order o
        cross join lateral (select array_agg(concat_ws(' ', bill_number, outcome) order by bill_number) as bills
                              from debit_bill where biller_id = o.biller_id and debit_id = o.debit_id) b
        cross join lateral (select array_agg(state order by recorded_at, step_id) as steps
                              from debit_step where biller_id = o.biller_id and debit_id = o.debit_id) s
        where o.biller_id = $1 order by o.collect_on, b.bills, o.planned_at`,
      [billerId],
    ),
  );
}

/** The bank answers about the file of these debits: `ACSC`, `ACCP`, `RJCT` …, each its word. */
export async function bankAnswers(
  { db }: Pick<SendingWorld, 'db'>,
  words: readonly (readonly [debit: Pick<DebitSeen, 'debit_id' | 'file_id'>, word: string])[],
): Promise<TakenAnswer> {
  const fileId = words[0]?.[0].file_id;
  if (fileId === undefined || fileId === null) throw new Error('the debit stands in no file');
  const said = words.map(([{ debit_id }, word]) => [endToEndIdOf(debit_id), word] as const);
  const tools = { database: db, masterKey: MASTER_KEY, reader: readOrderStatus, kinds: orderKinds };
  const bytes = report(messageIdOf(fileId), '', said);
  return takeBankAnswer(tools, { name: 'answer.xml', bytes, accountId: null, bankId: null });
}

/** In the order in which they happened: type and state of the debits of om-social. */
export async function debitEvents({ db }: Pick<SendingWorld, 'db'>, debitId?: Uuid): Promise<string[]> {
  const rows = await db.transaction((tx) =>
    tx.query<{ type: string }>(
      `select type from event where biller_id = $1 and type like 'debit.%'
          and ($2::text is null or payload ->> 'debitId' = $2) order by recorded_at, event_id`,
      [OM, debitId === undefined ? null : showId('dbt', debitId)],
    ),
  );
  return rows.map(({ type }) => type);
}

/** What banks have said is worked through. */
export async function book({ booking }: Pick<SendingWorld, 'booking'>): Promise<void> {
  while ((await bookDebits(booking)) > 0);
}
