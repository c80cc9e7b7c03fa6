// Work that is done again and again ends with the process: the round at hand is waited for, and told to end.
import { EventEmitter, once } from 'node:events';
import t from 'tap';
import { Rounds } from '../../src/platform/rounds.ts';

t.test('stopping waits for the round at hand, which is told', async (t) => {
  const rounds = new Rounds({ warn: () => undefined }, 1);
  let ended = 0;
  const begun = new EventEmitter();
  const first = once(begun, 'begun');
  rounds.often(async () => {
    begun.emit('begun');
    await new Promise((resolve) => rounds.signal.addEventListener('abort', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    ended += 1;
  });
  await first;
  await rounds.stop();
  t.equal(ended, 1);
});

t.test('one that hangs is left behind', async (t) => {
  const rounds = new Rounds({ warn: () => undefined }, 1_000);
  rounds.often(() => new Promise(() => undefined));
  await rounds.stop(10);
  t.pass('it ends');
});

t.test('one that fails is told, and done again', async (t) => {
  // The rounds themselves keep no process alive.
  const alive = setInterval(() => undefined, 1_000);
  t.teardown(() => clearInterval(alive));
  const told: string[] = [];
  const rounds = new Rounds({ warn: (_: unknown, text?: string) => void told.push(text ?? '') }, 1);
  const begun = new EventEmitter();
  const twice = once(begun, 'twice');
  let times = 0;
  rounds.often(async () => {
    times += 1;
    if (times === 2) begun.emit('twice');
    throw new Error('not now');
  });
  await twice;
  await rounds.stop();
  t.equal(told.length, times);
});
