// The day of the deposits in the told day: they came after the cut-off, so that they are of the next business date, which is
// closed and remitted too. What follows begins on a day of its own.

import { DEMO_BANK } from './banks.ts';
import { AGENCY, billOf } from './day.ts';
import { putClock } from './put-clock.ts';
import { readInstant } from './read-time.ts';
import { cutOffOf } from './store.ts';
import { WITHIN_MS, type ReconciliationParts } from './tell-statement.ts';

export async function tellNextDay({ scribe, database, run }: ReconciliationParts): Promise<void> {
  const call = { as: AGENCY, method: 'GET', expect: 200 } as const;
  const bill = await scribe.look({ ...call, path: `/v1/bills/${billOf(run, 2)}` });
  const payment = await scribe.look({ ...call, path: `/v1/payments/${String(bill['paymentId'])}` });
  const businessDate = String(payment['businessDate']);
  const { cutOffAt } = await database.transaction((tx) => cutOffOf(tx, AGENCY, businessDate));
  scribe.write(
    '## The deposits go the way of all payments',
    `They came after the cut-off, so they are of the next business date. It is closed like the one before; what it comes to is
below the limit, and goes without anybody's approval.`,
  );
  await putClock(scribe, database, cutOffAt);
  const day = `/v1/settlements?from=${businessDate}&to=${businessDate}`;
  const isThere = ({ items }: Record<string, unknown>): boolean => (items as unknown[]).length > 0;
  const closed = await scribe.await({ ...call, path: day }, isThere, WITHIN_MS);
  const [settlement] = closed.body['items'] as { settlementId: string }[];
  const path = `/v1/settlements/${settlement?.settlementId}/remittance`;
  const { items } = await scribe.look({ ...call, path });
  const [planned] = items as { executeOn: string }[];
  const morning = readInstant(`${planned?.executeOn}T10:00`, DEMO_BANK.settings.timeZone);
  if (morning === undefined) throw new Error('the story stops: the deposits are not remitted');
  await putClock(scribe, database, morning);
  const isSent = (body: Record<string, unknown>): boolean =>
    (body['items'] as { sentAt: string | null }[]).every(({ sentAt }) => sentAt !== null);
  await scribe.await({ ...call, path }, isSent, WITHIN_MS);
}
