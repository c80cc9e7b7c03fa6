// The evening of the told day: the clock of the books goes past the cut-off, the worker closes the day, two persons let the
// money go, the bank gets its order, and the agency its reports.

import fs from 'node:fs/promises';
import path from 'node:path';
import { verify } from '../settlement/index.ts';
import type { Database } from '../platform/db/index.ts';
import { DEMO_BANK } from './banks.ts';
import { AGENCY } from './day.ts';
import type { DemoFile } from './demo-file.ts';
import { layOutXml } from './lay-out-xml.ts';
import { putClock } from './put-clock.ts';
import { readInstant } from './read-time.ts';
import type { Scribe, Told } from './scribe.ts';
import { cutOffOf } from './store.ts';

/** A worker looks every few seconds. */
const WITHIN_MS = 60_000;
const DECIDES = 'operator-admin';

export interface EveningParts {
  readonly scribe: Scribe;
  readonly staff: DemoFile['staff'];
  readonly database: Database;
  readonly dataDir: string;
  readonly businessDate: string;
}

interface Remittance {
  readonly remittanceId: string;
  readonly executeOn: string;
  readonly steps: readonly { readonly state: string; readonly reason: string | null }[];
}

/** What the day came to. */
export interface Closed {
  readonly settlementId: string;
  readonly executeOn: string;
}

/** The clock stays where it leaves it: what is closed by then is closed. */
export async function tellEvening(parts: EveningParts): Promise<Closed> {
  const settlementId = await close(parts);
  const { remittanceId, executeOn } = await planned(parts.scribe, settlementId);
  await approve(parts, remittanceId);
  await send(parts, settlementId, executeOn);
  await report(parts, settlementId);
  return { settlementId, executeOn };
}

async function close({ scribe, database, businessDate }: EveningParts): Promise<string> {
  const { billerId, cutOffAt } = await database.transaction((tx) => cutOffOf(tx, AGENCY, businessDate));
  scribe.write(
    '## The day ends',
    `The agency's business day ends at 16:00 in Muscat. Here nobody waits for it: the clock of the books is put
forward. It stays there when the story is over; \`npm run wasit -- demo clock set real\` puts it back, and payments then
are of the first day that is not yet closed.`,
  );
  await putClock(scribe, database, cutOffAt);
  scribe.write(
    `A worker sees that the day is over, seals it and writes down what it comes to. The payment that was taken back is in
the gross and in the reversals, so not in the net; the payers' fees are the operator's.`,
  );
  const call = { as: AGENCY, method: 'GET', expect: 200 } as const;
  const there = (body: Told['body']): boolean => (body['items'] as unknown[]).length > 0;
  const listed = await scribe.await(
    { ...call, path: `/v1/settlements?from=${businessDate}&to=${businessDate}` },
    there,
    WITHIN_MS,
  );
  const [settlement] = listed.body['items'] as { settlementId: string }[];
  scribe.write(
    `The \`digest\` is over all entries of the day and the digest before it. \`npm run wasit -- settlement verify\` reads the
entries again and proves that nothing was altered since:`,
  );
  for await (const { entries, faults } of verify(database, {
    billerId,
    from: businessDate,
    to: businessDate,
  }))
    scribe.quote(`${entries} entries, ${faults.length === 0 ? 'nothing was altered' : faults.join('; ')}`);
  return String(settlement?.settlementId);
}

async function planned(scribe: Scribe, settlementId: string): Promise<Remittance> {
  scribe.write(
    '## Two persons let the money go',
    'The net is to be remitted. It is above the limit of this agency, so it waits for persons.',
  );
  const path = `/v1/settlements/${settlementId}/remittance`;
  const told = await scribe.call({ as: AGENCY, method: 'GET', path, expect: 200 });
  const [remittance] = told.body['items'] as Remittance[];
  if (remittance === undefined) throw new Error('the story stops: nothing is remitted');
  return remittance;
}

async function approve({ scribe, staff }: EveningParts, remittanceId: string): Promise<void> {
  scribe.write(
    `The system has asked, so two people of the operator decide. Each signs in; neither can take both steps.`,
  );
  const [first, second] = twoOf(staff);
  await scribe.signIn(first);
  await scribe.signIn(second);
  const path = `/v1/approvals?mine=to-decide&kind=remittance&biller=${AGENCY}`;
  const waiting = await scribe.call({ as: first, method: 'GET', path, expect: 200 });
  const request = (waiting.body['items'] as { approvalId: string; subject: string }[]).find(({ subject }) =>
    subject.endsWith(remittanceId),
  );
  if (request === undefined) throw new Error('the story stops: nobody is asked to approve the remittance');
  const accept = (as: string, expect: number, comment: string): Promise<Told> =>
    scribe.call({
      as,
      method: 'POST',
      path: `/v1/approvals/${request.approvalId}/accept`,
      body: { comment },
      expect,
    });
  await accept(first, 200, 'The sum is that of the settlement.');
  scribe.write(`${first} cannot be the second as well:`);
  await accept(first, 403, 'And again.');
  await accept(second, 200, 'Seen; the account is the one of the agreement.');
}

/** Logins of two people of the operator who decide. */
export function twoOf(staff: EveningParts['staff']): [first: string, second: string] {
  const [first, second] = staff.filter(({ role }) => role === DECIDES).map(({ login }) => login);
  if (first === undefined || second === undefined)
    throw new Error(`demo.json has no two people with the role ${DECIDES}`);
  return [first, second];
}

async function send(
  { scribe, database, dataDir }: EveningParts,
  settlementId: string,
  executeOn: string,
): Promise<void> {
  scribe.write(
    '## The bank gets its order',
    `On the day of execution, before the bank's cut-off, a worker writes one order for all that may go from the operator's
account, and puts it where the bank collects. The clock goes there.`,
  );
  const morning = readInstant(`${executeOn}T10:00`, DEMO_BANK.settings.timeZone);
  if (morning === undefined) throw new Error(`the story stops: ${executeOn} is no date`);
  await putClock(scribe, database, morning);
  const told = await scribe.await(
    { as: AGENCY, method: 'GET', path: `/v1/settlements/${settlementId}/remittance`, expect: 200 },
    (body) => (body['items'] as { sentAt: string | null }[]).every(({ sentAt }) => sentAt !== null),
    WITHIN_MS,
  );
  const [remittance] = told.body['items'] as Remittance[];
  const name = remittance?.steps.find(({ state }) => state === 'sent')?.reason;
  if (name === undefined || name === null) throw new Error('the story stops: the order has no name');
  const folder = path.join(dataDir, 'orders');
  scribe.write(
    `The file is in \`.wasit/orders\`, a \`pain.001.001.09\`, and is the same file whoever makes it go (here with line breaks):`,
  );
  scribe.quote(layOutXml(await fs.readFile(path.join(folder, name), 'utf8')), 'xml');
  scribe.write(
    `The agency was told \`settlement.closed\` and \`remittance.sent\` meanwhile, like each payment.`,
  );
}

async function report({ scribe, dataDir, businessDate }: EveningParts, settlementId: string): Promise<void> {
  const folder = path.join(dataDir, 'reports', businessDate);
  scribe.write(
    '## The reports',
    `Frozen at the close: whoever asks again gets the same bytes. This is every line of the day as CSV; the workbook and
the summary to print come in Arabic, French and English. The story has kept them in \`.wasit/reports\`.`,
  );
  const report = `/v1/settlements/${settlementId}/report`;
  const csv = await scribe.download(AGENCY, `${report}.csv`, folder, WITHIN_MS);
  scribe.quote(await fs.readFile(csv, 'utf8'), 'csv');
  for (const file of ['xlsx?language=ar', 'pdf?language=ar', 'pdf?language=en'])
    await scribe.download(AGENCY, `${report}.${file}`, folder, WITHIN_MS);
}
