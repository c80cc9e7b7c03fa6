// The channel's own word on the told day: its file of what it took, the one line that the books do not have, and how two
// people end that.

import { askResolution, breakOf } from './resolve-break.ts';
import { twoOf, type EveningParts } from './tell-evening.ts';

/** A worker reads the file within seconds. */
const WITHIN_MS = 60_000;
const CHANNEL = 'bank-one';

export async function tellChannelDay(parts: EveningParts & { readonly run: string }): Promise<void> {
  const { scribe, staff, businessDate, run } = parts;
  const [clerk, other] = twoOf(staff);
  scribe.write(
    '## The bank that collects says what it took',
    `Once a day a channel sends every payment that it took. This file has one line too many: a payment that never came
here.`,
  );
  const path = `/v1/reconciliations/${businessDate}`;
  const text = [
    'reference,amount,currency,status,fee',
    `BANK-${run}-0001,1250.500,OMR,accepted,0.200`,
    `BANK-${run}-0009,75.000,OMR,accepted,0.200`,
    '',
  ].join('\n');
  await scribe.call({ as: CHANNEL, method: 'PUT', path, file: { type: 'text/csv', text }, expect: 202 });
  scribe.write('It is matched against the books at once, and both sides see the same:');
  const day = { as: CHANNEL, method: 'GET', path, expect: 200 } as const;
  await scribe.await(day, ({ state, final }) => state === 'matched' && final === true, WITHIN_MS);
  scribe.write(
    `The difference is a *break*, and work for the operator's clerk. The bank finds that it was a trial of its own: no payer
has paid. So our books stand; ${clerk} asks for \`accept-ours\`, and ${other} accepts.`,
  );
  const listed = await scribe.call({
    as: clerk,
    method: 'GET',
    path: `/v1/breaks?state=open&channel=${CHANNEL}`,
    expect: 200,
  });
  const wish = {
    reference: `DESK-${run}-1`,
    resolution: 'accept-ours',
    comment: 'A trial of the bank, it says; no money was taken.',
  };
  const accept = await askResolution(parts, breakOf(listed, 'missing-here'), wish);
  await accept(other, 200, 'The bank has written the same to me.');
  scribe.write('No break of the day is open any more: it is balanced.');
  await scribe.await(day, ({ balanced }) => balanced === true, WITHIN_MS);
}
