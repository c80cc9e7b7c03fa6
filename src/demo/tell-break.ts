// A break in the told day: a credit that nobody could place lies in suspense until one person says what it is for and
// another agrees.

import { AGENCY, billOf } from './day.ts';
import { askResolution, breakOf } from './resolve-break.ts';
import { isPaid } from './tell-deposit.ts';
import { twoOf } from './tell-evening.ts';
import { WITHIN_MS, type ReconciliationParts } from './tell-statement.ts';

export async function tellBreak({ scribe, staff, run }: ReconciliationParts): Promise<void> {
  const [clerk, other] = twoOf(staff);
  scribe.write(
    '## One credit that nobody can place',
    `The other transfer says only "contributions". Its money is on the account, so it is in the books: in suspense, with a
break that somebody has to resolve.`,
  );
  const work = { as: clerk, method: 'GET', path: '/v1/breaks?state=open', expect: 200 } as const;
  const listed = await scribe.call(work);
  const breakId = breakOf(listed, 'unplaced-deposit');
  const it = `/v1/breaks/${breakId}`;
  await scribe.call({ ...work, path: it });
  scribe.write(
    `${clerk} calls the employer, and hears which bill it was for. \`mayEndBy\` above says how such a break may end; she asks
for \`place\`.`,
  );
  const accept = await askResolution({ scribe, staff }, breakId, {
    reference: `DESK-${run}-2`,
    resolution: 'place',
    content: { billerCode: AGENCY, billNumber: billOf(run, 3) },
    comment: 'The employer says: for the third site.',
  });
  scribe.write('Nobody decides what he has asked for himself.');
  await accept(clerk, 403, 'As I said.');
  await accept(other, 200, 'The name and the amount fit.');
  scribe.write('The money has left suspense, the bill is paid, and the break tells how it went.');
  await scribe.await(
    { as: AGENCY, method: 'GET', path: `/v1/bills/${billOf(run, 3)}`, expect: 200 },
    isPaid,
    WITHIN_MS,
  );
  await scribe.call({ ...work, path: it });
}
