// The bank's statement in the told day: what the channel owes before, the file in the drop folder, what its lines were found
// to be, the remittance that it proves and what the channel owes after.

import path from 'node:path';
import { parseMinor, type MoneyText } from '../kernel/money.ts';
import { inArabicDigits } from './arabic-digits.ts';
import { DEMO_ACCOUNTS, DEMO_BANK, DEMO_CHANNEL_ACCOUNTS, DEMO_REMITTANCE_ACCOUNTS } from './banks.ts';
import { AGENCY, billOf } from './day.ts';
import { layFile } from './lay-file.ts';
import { layOutXml } from './lay-out-xml.ts';
import { putClock } from './put-clock.ts';
import { readInstant } from './read-time.ts';
import type { Call } from './scribe.ts';
import { lastBalance } from './store.ts';
import type { AgencyStory } from './tell-agency.ts';
import { twoOf, type Closed, type EveningParts } from './tell-evening.ts';
import { writeStatement, type Booking } from './write-statement.ts';

export interface ReconciliationParts extends EveningParts, Closed {
  readonly agency: AgencyStory;
  /** Letters and digits. */
  readonly run: string;
}

/** A file has to be quiet for some seconds before it is taken, and a worker looks every few. */
export const WITHIN_MS = 90_000;
const CHANNEL = 'bank-one';
const ACCOUNT = 'demo-omr';
/** What the account held before the bank said anything. */
const FIRST_OPENING = 25_000_000n;
const CHARGE = 150n;

export async function tellStatement(parts: ReconciliationParts): Promise<void> {
  const { scribe, database, executeOn } = parts;
  scribe.write(
    '## What the channels owe',
    `\`bank-one\` has taken the payer's money and owes it to the operator, fee included, from the day that was closed. It
sees so itself:`,
  );
  const owing = await scribe.await(position(parts), isClosed, WITHIN_MS);
  const [due] = owing.body['items'] as { open: MoneyText }[];
  scribe.write(
    '## The bank says what it has booked',
    `In the evening of the day on which it has paid out, the bank puts its statement into \`.wasit/statements/${DEMO_BANK.code}\`:`,
  );
  const evening = readInstant(`${executeOn}T18:00`, DEMO_BANK.settings.timeZone);
  if (evening === undefined) throw new Error(`the story stops: ${executeOn} is no date`);
  await putClock(scribe, database, evening);
  await read(parts, await drop(parts, minorOf(due?.open)));
  await prove(parts);
}

/** The name of the file, which lies where banks put theirs. */
async function drop(parts: ReconciliationParts, transferMinor: bigint): Promise<string> {
  const { scribe, database, dataDir, executeOn, run } = parts;
  const { number, currency } = DEMO_ACCOUNTS[ACCOUNT] ?? { number: '', currency: '' };
  const openingMinor = (await database.transaction((tx) => lastBalance(tx, ACCOUNT))) ?? FIRST_OPENING;
  const xml = writeStatement({
    reference: `DEMO-OMR-${run}`,
    account: number,
    currency,
    date: executeOn,
    openingMinor,
    bookings: await bookingsOf(parts, transferMinor),
  });
  scribe.write(
    `A \`camt.053.001.08\` (here with line breaks). Its first entry is the order that was sent; then a transfer of the bank
that collects, a charge, and two transfers of employers who write into them what they like: one names a bill in Arabic
words and digits, the other names nothing.`,
  );
  scribe.quote(layOutXml(xml), 'xml');
  const folder = path.join(dataDir, 'statements', DEMO_BANK.code);
  const name = `camt053-${executeOn}-${run}.xml`;
  await layFile(folder, name, xml);
  return name;
}

async function bookingsOf(parts: ReconciliationParts, transferMinor: bigint): Promise<Booking[]> {
  const { scribe, settlementId, executeOn, businessDate, run } = parts;
  const path = `/v1/settlements/${settlementId}/remittance`;
  const { items } = await scribe.look({ as: AGENCY, method: 'GET', path, expect: 200 });
  const [remittance] = items as { endToEndId: string; amount: MoneyText }[];
  const payee = DEMO_REMITTANCE_ACCOUNTS.find(({ billerCode }) => billerCode === AGENCY);
  if (remittance === undefined || payee === undefined)
    throw new Error('the story stops: nothing was remitted');
  const at = (time: string): string => `${executeOn}T${time}:00+04:00`;
  const reference = (nth: number): string => `DEMOBANK-${run}-${nth}`;
  return [
    {
      minor: -minorOf(remittance.amount),
      at: at('11:00'),
      bankReference: reference(1),
      code: 'ICDT/ESCT',
      endToEndId: remittance.endToEndId,
      party: { name: payee.holder, account: payee.number },
    },
    {
      minor: transferMinor,
      at: at('11:20'),
      bankReference: reference(2),
      code: 'RCDT/ESCT',
      party: { name: 'Bank One', account: DEMO_CHANNEL_ACCOUNTS[CHANNEL] ?? '' },
      text: `Collections of ${businessDate}`,
    },
    { minor: -CHARGE, at: at('11:30'), bankReference: reference(3), code: 'ICDT/CHRG' },
    {
      minor: 80_000n,
      at: at('12:40'),
      bankReference: reference(4),
      code: 'RCDT/ESCT',
      party: { name: 'النور للتجارة' },
      text: `سداد فاتورة رقم ${inArabicDigits(billOf(run, 2))} عن شهر نوفمبر`,
    },
    {
      minor: 45_500n,
      at: at('13:05'),
      bankReference: reference(5),
      code: 'RCDT/ESCT',
      party: { name: 'النور للتجارة' },
      text: 'تحويل اشتراكات',
    },
  ];
}

async function read({ scribe, staff }: ReconciliationParts, name: string): Promise<void> {
  const [clerk] = twoOf(staff);
  scribe.write(
    `A worker takes it once it has been quiet for five seconds, keeps its bytes, and reads it whole: the opening balance and
the entries have to come to the closing balance. Then each line is placed. \`outcomes\` says as what:`,
  );
  const call = { as: clerk, method: 'GET', expect: 200 } as const;
  const newest = { ...call, path: '/v1/statements?limit=1' };
  const isRead = ({ items }: Record<string, unknown>): boolean =>
    (items as { name: string; state: string }[]).some(
      (file) => file.name === name && !['receiving', 'waiting'].includes(file.state),
    );
  const listed = await scribe.await(newest, isRead, WITHIN_MS);
  const [file] = listed.body['items'] as { fileId: string }[];
  await scribe.await({ ...call, path: `/v1/statements/${file?.fileId}` }, isPlaced, WITHIN_MS);
}

async function prove(parts: ReconciliationParts): Promise<void> {
  const { scribe, settlementId } = parts;
  scribe.write(
    '## The remittance is confirmed',
    `The debit has the \`endToEndId\` of the remittance, from the account that paid it, of its amount: the money has arrived,
and the agency is told \`remittance.confirmed\`.`,
  );
  const call = { as: AGENCY, method: 'GET', expect: 200 } as const;
  const path = `/v1/settlements/${settlementId}/remittance`;
  const isConfirmed = ({ items }: Record<string, unknown>): boolean =>
    (items as { state: string }[]).every(({ state }) => state === 'confirmed');
  await scribe.await({ ...call, path }, isConfirmed, WITHIN_MS);
  await scribe.await({ ...call, path: await feedBefore(parts) }, isTold, WITHIN_MS);
  scribe.write('What `bank-one` has sent is off what it owes:');
  const isPaid = ({ items }: Record<string, unknown>): boolean =>
    (items as { open: MoneyText }[]).every(({ open }) => minorOf(open) === 0n);
  await scribe.await(position(parts), isPaid, WITHIN_MS);
}

/** The page of the feed that begins with the confirmation of the day's remittance. */
async function feedBefore({ scribe, settlementId }: ReconciliationParts): Promise<string> {
  const of = (after: string | undefined): string =>
    `/v1/events?limit=1${after === undefined ? '' : `&after=${after}`}`;
  const end = performance.now() + WITHIN_MS;
  for (let after: string | undefined; performance.now() < end;) {
    const page: Call = { as: AGENCY, method: 'GET', path: `${of(after)}&wait=5`, expect: 200 };
    const { items } = await scribe.look(page);
    const [event] = items as { cursor: string; type: string; data: { settlementId?: string } }[];
    if (event?.type === 'remittance.confirmed' && event.data.settlementId === settlementId) return of(after);
    after = event?.cursor ?? after;
  }
  throw new Error('the story stops: the agency is not told that the remittance is confirmed');
}

function isTold({ items }: Record<string, unknown>): boolean {
  return (items as unknown[]).length > 0;
}

function position({ businessDate }: ReconciliationParts): Call {
  const path = `/v1/position?currency=OMR&from=${businessDate}&to=${businessDate}`;
  return { as: CHANNEL, method: 'GET', path, expect: 200 };
}

function isClosed({ items }: Record<string, unknown>): boolean {
  const dates = items as { state: string }[];
  return dates.length > 0 && dates.every(({ state }) => state === 'closed');
}

function isPlaced({ statementsRead }: Record<string, unknown>): boolean {
  const read = statementsRead as { outcomes: Record<string, number> }[];
  return read.length > 0 && read.every(({ outcomes }) => outcomes['waiting'] === undefined);
}

function minorOf(amount: MoneyText | undefined): bigint {
  const minor = amount === undefined ? undefined : parseMinor(amount.value, amount.currency);
  if (minor === undefined) throw new Error('the story stops: an answer has no amount');
  return minor;
}
