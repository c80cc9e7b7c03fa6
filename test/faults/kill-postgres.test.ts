// `kill -9` of PostgreSQL under load, once (scripts/soak/kill-postgres.ts does it again and again): the gateway is
// well within five seconds of the database, by itself, and everything it ever answered is true.
import t from 'tap';
import { assertBooksBalance } from '../support/books.ts';
import { startTestGateway } from '../support/gateway.ts';
import { killUnderLoad } from '../support/kill-under-load.ts';
import { startOwnPostgres } from '../support/own-postgres.ts';
import { recovered } from '../support/recovered.ts';
import { Witness } from '../support/witness.ts';

t.test('PostgreSQL is killed under load', async (t) => {
  const postgres = await startOwnPostgres();
  t.teardown(() => postgres.close());
  const { world } = postgres;
  const gateway = await startTestGateway(t, world);
  const bank = gateway.client('bank');
  const witness = new Witness(world.db, bank, 'KILL');
  let seconds = Number.NaN;
  const { answered, resolved } = await killUnderLoad(witness, {
    kill: () => postgres.kill(),
    async start() {
      await postgres.start();
      seconds = await recovered(bank);
    },
  });
  t.ok(seconds < 5, `well again after ${seconds.toFixed(1)} s`);
  t.ok(answered > 0, `${answered} answered payments are as they were answered`);
  t.ok(resolved > 0, `${resolved} without an answer were found by their references`);
  await assertBooksBalance(world.db);
  t.same(gateway.faults, []);
});
