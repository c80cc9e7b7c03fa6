// A deposit in the told day: a payer has sent money straight to the operator's bank and named his bill in the text.

import { AGENCY, billOf } from './day.ts';
import { tellAgency } from './tell-agency.ts';
import { WITHIN_MS, type ReconciliationParts } from './tell-statement.ts';

export async function tellDeposit({ scribe, agency, run }: ReconciliationParts): Promise<void> {
  scribe.write(
    '## A deposit finds its bill',
    `The employer whose payment at the agent was taken back has paid by transfer. The text says \`فاتورة رقم\` (bill number) and
the number in Arabic digits, so the bill is paid: by the rules of any payment, on the channel \`deposit\`, at the time at
which the bank has booked it.`,
  );
  const call = { as: AGENCY, method: 'GET', expect: 200 } as const;
  const bill = `/v1/bills/${billOf(run, 2)}`;
  const told = await scribe.await({ ...call, path: bill }, isPaid, WITHIN_MS);
  const paymentId = String(told.body['paymentId']);
  await scribe.call({ ...call, path: `/v1/payments/${paymentId}` });
  scribe.write('The agency was told of it as of any payment, and has booked it.');
  await tellAgency(agency, paymentId, 'booked');
}

export function isPaid({ status }: Record<string, unknown>): boolean {
  return status === 'paid';
}
