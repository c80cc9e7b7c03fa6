// `node --import tsx scripts/soak/kill-gateway.ts [--times 50]`: kills a gateway under load again and again, on a
// durable PostgreSQL of its own, and holds every answer against the books. Exit code 1 when one was untrue.
import { parseArgs } from 'node:util';
import { assertBooksBalance } from '../../test/support/books.ts';
import { startGatewayProcess } from '../../test/support/gateway-process.ts';
import { killUnderLoad } from '../../test/support/kill-under-load.ts';
import { startOwnPostgres } from '../../test/support/own-postgres.ts';
import { Witness } from '../../test/support/witness.ts';

const { values } = parseArgs({ options: { times: { type: 'string', default: '50' } } });
const times = Number(values.times);
const postgres = await startOwnPostgres();
const stops = [() => postgres.close()];
try {
  const { world } = postgres;
  const gateway = await startGatewayProcess(world, {
    settings: { WASIT_LANES: '2' },
    teardown: (stop) => stops.unshift(stop),
  });
  const witness = new Witness(world.db, gateway.client('bank'), 'KILL');
  let payments = 0;
  for (let time = 1; time <= times; time++) {
    const { answered, resolved } = await killUnderLoad(witness, {
      kill: () => gateway.kill(),
      start: () => gateway.start(),
    });
    payments += answered + resolved;
    console.log(`kill ${time} of ${times}: ${answered} answers hold, ${resolved} unanswered resolved`);
  }
  await assertBooksBalance(world.db);
  console.log(`${times} kills, ${payments} payments, the books hold`);
} finally {
  for (const stop of stops) await stop();
}
