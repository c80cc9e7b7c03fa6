// An employer at a social insurance fund: he lets it collect, his bank says yes by its API, he declares, and what he owes is
// debited at his word while he waits.

import { addDays } from '../../kernel/business-date.ts';
import { showClock } from '../set-clock.ts';
import { tellAgency } from '../tell-agency.ts';
import { awaitMandate, mobileOf, tellMessage, type StoryParts, type ToldDebit } from './story.ts';

const AGENCY = 'dz-social';
const BANK = 'bank-one';
const ACCEPTS = 'nadia';
/** What it does: docs/demo-bank.md. */
const PAYS = '001 00001 0000002001 58';
const BILLS = [
  { site: 'Siège', value: '184500.00' },
  { site: 'Atelier', value: '27350.50' },
] as const;
const TOTAL = '211850.50';
/** He pays before, at his word. */
const DUE_IN_DAYS = 30;

/** What stands afterwards, for those who look behind the story. */
export interface CnasTold {
  readonly mandateId: string;
  readonly debitId: string;
  readonly paymentIds: readonly string[];
}

export async function tellCnas(parts: StoryParts): Promise<CnasTold> {
  const mandateId = await authorise(parts);
  await accept(parts, mandateId);
  await declare(parts);
  return debit(parts, mandateId);
}

async function authorise({ scribe, database, run }: StoryParts): Promise<string> {
  const { now } = await showClock(database);
  scribe.write(
    '# An employer pays his contributions by debit',
    `\`${AGENCY}\` is a fund that employers declare to every month. Instead of going to a counter an employer lets the fund
collect from his account, by the portal of the fund, which is its client here. \`${BANK}\` is his bank; the demo bank plays it.`,
    '## He authorises',
    'At his word alone is anything collected, and never more than he says. The account is a RIB; its key is checked.',
  );
  const body = {
    reference: `CNAS-${run}`,
    by: 'payer',
    payerId: payerOf(run),
    payerName: 'SARL Bâtiment du Tell',
    payer: { mobile: mobileOf(run), language: 'fr' },
    account: { number: PAYS, holder: 'SARL Bâtiment du Tell' },
    channelCode: BANK,
    collect: { on: 'demand' },
    ceiling: {
      perDebit: { value: '300000.00', currency: 'DZD' },
      perMonth: { value: '900000.00', currency: 'DZD' },
    },
    validFrom: now.toISOString().slice(0, 10),
  };
  const opened = await scribe.call({ as: AGENCY, method: 'POST', path: '/v1/mandates', body, expect: 201 });
  return String(opened.body['mandateId']);
}

async function accept({ scribe, dataDir, run }: StoryParts, mandateId: string): Promise<void> {
  scribe.write('## His bank says yes', 'It was called, looked at account and holder, and answered:');
  await awaitMandate(scribe, AGENCY, mandateId, 'bank-validated');
  scribe.write('## The fund accepts', 'One of its people does, and not the program:');
  await scribe.signIn(ACCEPTS);
  const path = `/v1/mandates/${mandateId}/decision`;
  const body = { decision: 'accept', comment: 'Le dossier est complet.' };
  await scribe.call({ as: ACCEPTS, method: 'POST', path, body, expect: 200 });
  scribe.write('The employer reads on his telephone, in French as he wished:');
  await tellMessage({ scribe, dataDir, run }, 'est actif');
}

async function declare({ scribe, database, run }: StoryParts): Promise<void> {
  const { now } = await showClock(database);
  const dueOn = addDays(now.toISOString().slice(0, 10), DUE_IN_DAYS);
  scribe.write('## He declares', 'The fund puts a bill for each of his sites.');
  for (const [at, { site, value }] of BILLS.entries()) {
    const body = {
      payerId: payerOf(run),
      payerName: 'SARL Bâtiment du Tell',
      description: `Cotisations du mois, ${site}`,
      amount: { value, currency: 'DZD' },
      dueOn,
      payer: { mobile: mobileOf(run), language: 'fr' },
    };
    const path = `/v1/bills/${billOf(run, at)}`;
    await scribe.call({ as: AGENCY, method: 'PUT', path, body, expect: 201 });
  }
}

async function debit({ scribe, demo, dataDir, run }: StoryParts, mandateId: string): Promise<CnasTold> {
  scribe.write(
    '## He pays, at his word',
    'All that he owes goes into one debit; his bank is called and answers while he waits. The bills are paid when it has.',
  );
  const body = { mandateId, reference: `CNAS-${run}-1` };
  const told = await scribe.call({ as: AGENCY, method: 'POST', path: '/v1/debits', body, expect: 201 });
  const { debitId, state, amount, bills } = told.body as ToldDebit;
  if (state !== 'collected' || amount.value !== TOTAL || bills.length !== BILLS.length)
    throw new Error(`the story stops: the debit is ${state} of ${amount.value}`);
  scribe.write('The same request again is answered alike, and nothing is debited twice.');
  const again = await scribe.look({ as: AGENCY, method: 'POST', path: '/v1/debits', body, expect: 200 });
  if (again['debitId'] !== debitId) throw new Error('the story stops: there is a second debit');
  for (const at of BILLS.keys()) {
    const bill = { as: AGENCY, method: 'GET', path: `/v1/bills/${billOf(run, at)}`, expect: 200 } as const;
    const { status } = await scribe.look(bill);
    if (status !== 'paid') throw new Error(`the story stops: ${billOf(run, at)} is ${String(status)}`);
  }
  const paymentIds = [...new Set(bills.flatMap(({ paymentId }) => paymentId ?? []))];
  scribe.write('A second later the fund’s own system has booked it, and the employer has his receipt.');
  for (const paymentId of paymentIds)
    await tellAgency({ scribe, url: demo.agency.url, dataDir }, paymentId, 'booked');
  await tellMessage({ scribe, dataDir, run }, 'enregistré pour');
  return { mandateId, debitId, paymentIds };
}

function payerOf(run: string): string {
  return `EMP-${run}`;
}

export function billOf(run: string, at: number): string {
  return `CNAS-${run}-${at + 1}`;
}
