// Mandates of a small world: opened, validated, decided, and what stands there afterwards.
import type { Test } from 'tap';
import type { MandateAnswer } from '../../src/mandates/mandates/answer-schema.ts';
import type { Answer, Client } from './client.ts';
import { startTestWorld, type TestWorld } from './gateway.ts';
import { colleague } from './staff.ts';

export interface MandateWorld extends TestWorld {
  readonly agency: Client;
  readonly bank: Client;
  /** Of the agency's people. */
  readonly approver: Client;
  readonly second: Client;
  readonly operator: Client;
}

export const IBAN = 'OM810180000001299123456';

export async function makeMandateWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  settings: Record<string, string> = {},
): Promise<MandateWorld> {
  const world = await startTestWorld(t, settings);
  const { db, baseUrl } = world;
  const place = { billerCode: 'om-social' };
  return {
    ...world,
    agency: world.client('om-social'),
    bank: world.client('bank'),
    approver: await colleague(db, baseUrl, 'approver', 'approver', place),
    second: await colleague(db, baseUrl, 'second', 'finance-officer', place),
    operator: await colleague(db, baseUrl, 'desk', 'support'),
  };
}

let nth = 0;

export function terms(more: object = {}): object {
  return {
    payerId: 'E-1',
    payerName: 'Al Noor Trading',
    payer: { mobile: '+96824123456', language: 'en' },
    account: { number: IBAN, holder: 'Al Noor Trading' },
    channelCode: 'bank',
    collect: { on: 'due-date' },
    ceiling: {
      perDebit: { value: '500.000', currency: 'OMR' },
      perMonth: { value: '1500.000', currency: 'OMR' },
    },
    validFrom: '2026-12-01',
    ...more,
  };
}

export function open(client: Client, more: object = {}): Promise<Answer<MandateAnswer>> {
  return client.send<MandateAnswer>('POST', '/v1/mandates', { reference: `M-${(nth += 1)}`, ...terms(more) });
}

/** Throws when it was refused. */
export async function opened(client: Client, more: object = {}): Promise<string> {
  const { body, text } = await open(client, more);
  if (body === undefined) throw new Error(text);
  return body.mandateId;
}

export function act(
  client: Client,
  id: string,
  what: string,
  body: object = {},
): Promise<Answer<MandateAnswer>> {
  return client.send<MandateAnswer>('POST', `/v1/mandates/${id}/${what}`, body);
}

export function look(client: Client, id: string): Promise<Answer<MandateAnswer>> {
  return client.send<MandateAnswer>('GET', `/v1/mandates/${id}`);
}

export function validate(bank: Client, id: string, more: object = {}): Promise<Answer<MandateAnswer>> {
  return act(bank, id, 'validation', { decision: 'validated', ...more });
}

export function decide(
  person: Client,
  id: string,
  decision: string,
  comment = 'seen',
): Promise<Answer<MandateAnswer>> {
  return act(person, id, 'decision', { decision, comment });
}

/** Opened by the agency, validated by the bank, accepted by the approver. */
export async function accepted({ agency, bank, approver }: MandateWorld, more: object = {}): Promise<string> {
  const id = await opened(agency, more);
  await validate(bank, id);
  const { body, text } = await decide(approver, id, 'accept');
  if (body?.state !== 'accepted') throw new Error(text);
  return id;
}

export interface EventRow {
  readonly biller_id: number;
  readonly type: string;
  readonly revision: number;
  readonly payload: { readonly state: string; readonly reason: string | null };
  readonly for_payers: boolean | null;
}

/** In the order in which they happened. */
export function eventsOf({ db }: Pick<MandateWorld, 'db'>, id: string): Promise<EventRow[]> {
  return db.transaction((tx) =>
    tx.query<EventRow>(
      `select e.biller_id, e.type, e.revision, e.payload, o.for_payers from event e
         left join event_outbox o using (biller_id, event_id)
        where e.payload ->> 'mandateId' = $1 order by e.biller_id, e.event_id`,
      [id],
    ),
  );
}
