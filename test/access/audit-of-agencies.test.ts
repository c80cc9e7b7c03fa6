// What an agency's people see of the audit log is what they did over the API: a login may also be the name of an account of
// the operator's machine.
import t from 'tap';
import { startTestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { ACTOR } from '../support/world.ts';

t.test('names of the command line and logins are one name space', async (t) => {
  const { db, baseUrl } = await startTestWorld(t);
  const clerk = await colleague(db, baseUrl, ACTOR.name, 'finance-officer', { billerCode: 'om-social' });
  const { body, status } = await clerk.send<{
    items: { actor: string; origin: string; action: string; subject: string }[];
  }>('GET', '/v1/audit?limit=1000');
  t.equal(status, 200);
  const seen = (body?.items ?? []).filter(({ origin }) => origin.startsWith('cli'));
  t.comment(
    seen.length,
    [...new Set(seen.map(({ action, subject }) => `${action} ${subject}`))].slice(0, 12),
  );
  t.same(seen.length, 0, 'nothing of what the operator did at the command line');
});
