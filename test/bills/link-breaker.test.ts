// The circuit of a link, by a clock of its own.
import t from 'tap';
import { Breaker, BREAKER, type Pass } from '../../src/bills/link/breaker.ts';

function circuit() {
  const clock = { now: 0 };
  const breaker = new Breaker({ ...BREAKER, now: () => clock.now });
  const enter = (): Pass => {
    const pass = breaker.enter();
    if (typeof pass === 'number') throw new Error(`closed for ${pass} ms`);
    return pass;
  };
  const fail = (times: number): void => {
    for (let i = 0; i < times; i++) enter().failed();
  };
  return { clock, breaker, enter, fail };
}

t.test('opens after five failures in a row, and only in a row', async (t) => {
  const { breaker, enter, fail } = circuit();
  fail(4);
  t.equal(breaker.state, 'closed');
  enter().succeeded();
  fail(4);
  t.equal(breaker.state, 'closed', 'a good answer begins the count anew');
  fail(1);
  t.equal(breaker.state, 'open');
  t.equal(breaker.enter(), 1000);
});

t.test('one probe when the pause is over; a good answer closes it', async (t) => {
  const { clock, breaker, enter, fail } = circuit();
  fail(5);
  clock.now = 999;
  t.equal(breaker.enter(), 1);
  clock.now = 1000;
  t.equal(breaker.state, 'half-open');
  const probe = enter();
  t.equal(typeof breaker.enter(), 'number', 'the others wait for the probe');
  probe.succeeded();
  t.equal(breaker.state, 'closed');
  fail(4);
  t.equal(breaker.state, 'closed', 'and the count begins anew');
});

t.test('a probe that fails doubles the pause, up to half a minute', async (t) => {
  const { clock, breaker, fail, enter } = circuit();
  fail(5);
  const pauses = [];
  for (let i = 0; i < 8; i++) {
    const pause = breaker.enter();
    pauses.push(pause);
    clock.now += Number(pause);
    enter().failed();
  }
  t.strictSame(pauses, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  clock.now += 30_000;
  enter().succeeded();
  fail(5);
  t.equal(breaker.enter(), 1000, 'after a good answer it begins with a second again');
});

t.test('answers to questions from before say nothing', async (t) => {
  const { clock, breaker, enter, fail } = circuit();
  const [late, later] = [enter(), enter()];
  fail(5);
  late.succeeded();
  t.equal(breaker.state, 'open', 'it left before the circuit opened');
  clock.now = 1000;
  const probe = enter();
  later.failed();
  t.equal(breaker.state, 'half-open', 'the probe alone decides');
  probe.succeeded();
  t.equal(breaker.state, 'closed');
});
