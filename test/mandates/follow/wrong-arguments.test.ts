// `wasit debit …` and `wasit mandate …` with wrong arguments: each refusal says what to send instead, and nothing was done.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import { commandLine } from '../../support/command-line.ts';
import { debitsSeen, makeSendingWorld, mandateFor, workDebits } from '../../support/sending.ts';
import { session } from '../../support/staff.ts';
import { addBills } from '../../support/world.ts';

/** MND and DBT stand for those of the world. */
const WRONG: readonly (readonly [command: string, code: number, says: RegExp])[] = [
  ['debit frob', 2, /unknown command 'frob'/],
  ['debit list extra', 2, /too many arguments/],
  ['debit list --mandateId MND', 2, /Did you mean --mandate-id/],
  ['debit list --state frob', 1, /Send one of: planned, held/],
  ['debit list --from yesterday', 1, /\/from: Send a date that exists, as YYYY-MM-DD/],
  ['debit list --after x', 1, /Send “next” of the page before/],
  ['debit list --mandate-id x', 1, /\/mandateId: Send the id of a mandate/],
  ['debit list --mandate-id DBT', 1, /mandateId/],
  ['debit show MND', 1, /no such debit/],
  ['debit calendar 2026-11-01', 2, /missing required argument 'to'/],
  ['debit calendar 2026-12-31 2026-11-01', 1, /not before “from”/],
  ['debit calendar 2026-01-01 2026-12-31', 1, /At most 62 days/],
  ['debit report November', 1, /\/month: Send a month as YYYY-MM/],
  ['debit report 2026-13', 1, /\/month: Send a month as YYYY-MM/],
  ['debit retry DBT', 1, /repeat it with --yes/],
  ['debit retry DBT --yes', 1, /planned/],
  ['debit retry x', 1, /there is no debit x/],
  ['debit retry MND --dry-run', 1, /there is no debit mnd_/],
  ['debit end DBT', 2, /--reason <text>/],
  ['debit plan nobody', 1, /no biller nobody/],
  ['debit plan nobody --yes', 1, /no biller nobody/],
  ['debit build nobody', 1, /no biller nobody/],
  ['debit send nobody', 1, /no biller nobody/],
  ['debit terms show nobody', 1, /no biller nobody/],
  ['debit terms set om-social --retry-days 3;7', 1, /numbers from 1 to 60, such as 3,7/],
  ['mandate list --state frob', 1, /Send one of: draft, submitted/],
  ['mandate show DBT', 1, /no such mandate/],
  ['mandate decide MND perhaps', 2, /one of accept, reject, return/],
  ['mandate decide MND accept', 1, /The request is accepted; nothing was changed/],
  ['mandate suspend MND', 2, /--reason <text>/],
  ['mandate cancel MND --by payer --reason x', 2, /unknown option '--by'/],
];

t.test('refused, with what to change', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, baseUrl } = world;
  const { wasit, dir } = await commandLine(t, world.url);
  t.match(await wasit('debit', 'list'), { code: 1, err: /wasit login/ });
  const token = await session(db, 'approver');
  const file = { baseUrl, login: 'approver', token, expiresAt: 'soon' };
  await writeFile(path.join(dir, 'session.json'), JSON.stringify(file), { mode: 0o600 });
  const mandate = await mandateFor(world, 'S-1');
  await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-11-30' }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  const before = await debitsSeen(world);
  const debit = showId('dbt', before[0]?.debit_id ?? '');
  for (const [command, code, says] of WRONG) {
    const args = command.split(' ').map((arg) => ({ MND: mandate, DBT: debit })[arg] ?? arg);
    const { err, ...ran } = await wasit(...args);
    t.match({ code: ran.code, err }, { code, err: says }, command);
  }
  t.same(await debitsSeen(world), before, 'nothing was done');
});
