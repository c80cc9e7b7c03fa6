// Who waits for events while the database is away, or the gateway stops: little is said of it.
import t from 'tap';
import { FeedWatch } from '../../src/confirmations/index.ts';
import { Session } from '../../src/platform/db/index.ts';
import { freePort } from '../../src/platform/embedded/index.ts';

async function watching() {
  const warnings: unknown[] = [];
  const session = new Session(`postgresql://nobody@127.0.0.1:${await freePort()}/none`, 'test');
  const watch = new FeedWatch(session, { warn: (...line: unknown[]) => void warnings.push(line) });
  return { session, watch, warnings };
}

t.test('the database is away: one warning, however often it is looked', async (t) => {
  const { watch, warnings } = await watching();
  await watch.grown(1, 0n, 700, new AbortController().signal);
  t.equal(warnings.length, 1);
});

t.test('the gateway stops: those who wait are answered, and nothing is said', async (t) => {
  const { session, watch, warnings } = await watching();
  const stopping = new AbortController();
  const waits = [1, 2].map((billerId) => watch.grown(billerId, 0n, 5_000, stopping.signal));
  stopping.abort();
  await session.close();
  await Promise.all(waits);
  // The look that was due all the same is over when others, begun later, have looked.
  const later = await watching();
  await later.watch.grown(1, 0n, 400, new AbortController().signal);
  t.equal(later.warnings.length, 1);
  t.same(warnings, []);
});
