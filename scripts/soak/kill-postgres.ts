// `node --import tsx scripts/soak/kill-postgres.ts [--times 5]`: kills PostgreSQL under load again and again. After
// each the gateway must be well within five seconds, and every answer true. Exit code 1 when not.
import { parseArgs } from 'node:util';
import { assertBooksBalance } from '../../test/support/books.ts';
import { startGatewayProcess } from '../../test/support/gateway-process.ts';
import { killUnderLoad } from '../../test/support/kill-under-load.ts';
import { startOwnPostgres } from '../../test/support/own-postgres.ts';
import { recovered } from '../../test/support/recovered.ts';
import { Witness } from '../../test/support/witness.ts';

const MOST_SECONDS = 5;
const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } });
const times = Number(values.times);
const postgres = await startOwnPostgres();
const stops = [() => postgres.close()];
try {
  const { world } = postgres;
  const gateway = await startGatewayProcess(world, {
    settings: { WASIT_LANES: '2', WASIT_LOG_LEVEL: 'silent' },
    teardown: (stop) => stops.unshift(stop),
  });
  const bank = gateway.client('bank');
  const witness = new Witness(world.db, bank, 'KILL');
  let payments = 0;
  for (let time = 1; time <= times; time++) {
    let seconds = Number.NaN;
    const { answered, resolved } = await killUnderLoad(witness, {
      kill: () => postgres.kill(),
      async start() {
        await postgres.start();
        seconds = await recovered(bank);
      },
    });
    if (!(seconds <= MOST_SECONDS))
      throw new Error(`the gateway needed ${seconds.toFixed(1)} s to be well again`);
    payments += answered + resolved;
    console.log(
      `kill ${time} of ${times}: well after ${seconds.toFixed(1)} s, ${answered} answers hold, ${resolved} unanswered resolved`,
    );
  }
  await assertBooksBalance(world.db);
  console.log(`${times} kills, ${payments} payments, the books hold`);
} finally {
  for (const stop of stops) await stop();
}
