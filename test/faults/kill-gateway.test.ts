// `kill -9` of a gateway under load, three times (scripts/soak/kill-gateway.ts does it fifty times).
import t from 'tap';
import { testWorld } from '../support/database.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { killUnderLoad } from '../support/kill-under-load.ts';
import { Witness } from '../support/witness.ts';

t.test('a gateway is killed under load', async (t) => {
  const world = await testWorld(t);
  const gateway = await startGatewayProcess(world, {
    settings: { WASIT_LANES: '2' },
    teardown: (stop) => t.teardown(stop),
  });
  const witness = new Witness(world.db, gateway.client('bank'), 'KILL');
  for (let time = 1; time <= 3; time++) {
    const { answered, resolved } = await killUnderLoad(witness, {
      kill: () => gateway.kill(),
      start: () => gateway.start(),
    });
    t.ok(answered > 0, `kill ${time}: ${answered} answered payments are as they were answered`);
    t.ok(resolved > 0, `kill ${time}: ${resolved} without an answer were found by their references`);
  }
});
