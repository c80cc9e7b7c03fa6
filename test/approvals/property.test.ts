// Whatever a crowd of people does to requests, in whatever order: who asked never decides, nobody takes two steps of one
// round, and the float rises by exactly what was accepted. The books are checked at the end.
import fc from 'fast-check';
import t from 'tap';
import type { Person } from '../../src/access/index.ts';
import { ask, change, withdraw } from '../../src/approvals/ask.ts';
import { decide, type ApprovalTools } from '../../src/approvals/decide.ts';
import { topUpKind } from '../../src/channels/index.ts';
import { Refused } from '../../src/kernel/errors.ts';
import { newId } from '../../src/kernel/ids.ts';
import { testWorld } from '../support/database.ts';

const ACTIONS = ['accept', 'accept', 'accept', 'reject', 'return', 'change', 'withdraw'] as const;
const PEOPLE = 4;

t.test('no order of words lets anybody decide his own', async (t) => {
  const world = await testWorld(t);
  const people: Person[] = [];
  for (let i = 0; i < PEOPLE; i++) {
    const person = {
      staffId: newId(i, 0),
      login: `p${i}`,
      name: `P${i}`,
      role: 'operator-admin',
      language: 'en',
    } as const;
    await world.db.transaction((tx) =>
      tx.query(
        `insert into staff (staff_id, login, name, role, password_hash) values ($1, $2, $3, $4, 'none')`,
        [person.staffId, person.login, person.name, person.role],
      ),
    );
    people.push(person);
  }
  const tools: ApprovalTools = { database: world.db, kinds: new Map([['top-up', topUpKind]]) };
  const callerOf = (i: number): { person: Person; address: string } => {
    const person = people[i % PEOPLE];
    if (person === undefined) throw new Error('nobody');
    return { person, address: 'test' };
  };
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.tuple(fc.nat(PEOPLE - 1), fc.constantFrom(...ACTIONS)), { minLength: 3, maxLength: 12 }),
      async (steps, words) => {
        run += 1;
        await world.db.transaction((tx) =>
          tx.query(
            `insert into approval_rule values ('top-up', $1) on conflict (kind) do update set steps = excluded.steps`,
            [steps],
          ),
        );
        const content = { channelCode: 'agent', amount: { value: '1.000', currency: 'OMR' } };
        const { shownId } = await ask(tools, callerOf(0), { kind: 'top-up', reference: `P-${run}`, content });
        const say = async ([who, action]: (typeof words)[number]): Promise<void> => {
          const caller = callerOf(who);
          if (action === 'change') await change(tools, caller, shownId, { content });
          else if (action === 'withdraw') await withdraw(tools, caller, shownId, undefined);
          else {
            const done = { accept: 'accepted', reject: 'rejected', return: 'returned' } as const;
            await decide(tools, caller, shownId, { action: done[action], comment: 'x' });
          }
        };
        const refusals = words.map(async (word) =>
          say(word).catch((error: unknown) => {
            if (!(error instanceof Refused)) throw error;
          }),
        );
        await Promise.all(refusals);
      },
    ),
    { numRuns: 40 },
  );
  const [row] = await world.db.transaction((tx) =>
    tx.query<{ accepted: bigint; own: bigint; twice: bigint; risen: bigint }>(
      `select (select count(*) from approval where state = 'accepted') as accepted,
              (select count(*) from approval a join approval_step p using (biller_id, approval_id)
                where p.action in ('accepted', 'rejected', 'returned') and p.staff_id = a.asked_by) as own,
              (select count(*) from (select from approval_step where action = 'accepted'
                group by approval_id, round, staff_id having count(*) > 1) x) as twice,
              (select available_minor - 1000000 from channel_position join channel using (channel_id) where code = 'agent') as risen`,
    ),
  );
  t.equal(row?.own, 0n);
  t.equal(row?.twice, 0n);
  t.ok((row?.accepted ?? 0n) > 0n, 'some were accepted');
  t.equal(row?.risen, (row?.accepted ?? 0n) * 1000n);
});
