// Three thousand requests of chance over every route (scripts/soak/fuzz.ts sends a hundred thousand): no fault of the
// gateway's own, every no a problem document, and the books hold.
import t from 'tap';
import { fuzz, prepareFuzz, tellFinding } from '../support/fuzz/run.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';

t.test('requests of chance', async (t) => {
  const world = await testWorld(t);
  const callers = await prepareFuzz(world);
  const gateway = await startTestGateway(t, world);
  const { statuses, findings } = await fuzz(callers, {
    baseUrl: gateway.baseUrl,
    seed: 20261122,
    requests: 3000,
  });
  t.comment(JSON.stringify(statuses));
  t.same(findings.map(tellFinding), []);
  for (const status of ['200', '201', '202', '400', '401', '403', '404', '409', '422'])
    t.ok((statuses[status] ?? 0) > 0, `${status} was among the answers`);
});
