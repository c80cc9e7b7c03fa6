// Which events of a window may go next. A model agency takes, refuses and loses at random; whatever it does, nothing is
// lost and no bill's events change places.
import fc from 'fast-check';
import t from 'tap';
import { orderKeysOf, Window, type Pending } from '../../src/confirmations/delivery/window.ts';
import type { FedEvent } from '../../src/confirmations/store-feed.ts';

const TYPES = ['payment.accepted', 'payment.reversed', 'settlement.closed'];

interface Spec {
  readonly bills: readonly number[];
  readonly type: number;
}

const spec: fc.Arbitrary<Spec> = fc.record({
  bills: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
  type: fc.nat(TYPES.length - 1),
});

/** Each step is a number that the model reads as it likes: what to do, to which request, with which outcome. */
const story = fc.record({
  specs: fc.array(spec, { minLength: 1, maxLength: 40 }),
  steps: fc.array(fc.nat(999), { maxLength: 200 }),
  together: fc.constantFrom(1, 2, 5, 500),
});

function eventOf({ bills, type }: Spec, i: number): FedEvent {
  return {
    number: BigInt(i + 1),
    event_id: `event-${i + 1}`,
    type: TYPES[type] ?? '',
    subject: `subject-${i % 4}`,
    revision: 1,
    payload: JSON.stringify({ bills: bills.map((n) => ({ billNumber: `B${n}` })) }),
    recorded_at: new Date(0),
  };
}

/** A run without a database: what is under way, what was acknowledged, what stands aside. */
class Model {
  readonly window = new Window(0n);
  readonly flights: Pending[][] = [];
  readonly acknowledged: FedEvent[] = [];
  readonly aside = new Set<FedEvent>();
  readonly #events: readonly FedEvent[];
  readonly #together: number;
  #read = 0;

  constructor(events: readonly FedEvent[], together: number) {
    this.#events = events;
    this.#together = together;
  }

  read(count: number): void {
    const rows = this.#events.slice(this.#read, this.#read + count);
    this.#read += rows.length;
    const held = new Set([...this.aside].flatMap(orderKeysOf));
    for (const added of this.window.add(rows, this.#together))
      if (added.state === 'ready' && added.keys.some((key) => held.has(key))) this.putAside(added);
  }

  launch(): boolean {
    const chosen = this.window.next();
    if (chosen.length === 0) return false;
    if (chosen.length > Math.min(...chosen.map(({ together }) => together)))
      throw new Error('too many together');
    if (new Set(chosen.map(({ event }) => event.type)).size !== 1)
      throw new Error('two types in one request');
    for (const pending of chosen) {
      if (pending.state !== 'ready') throw new Error(`${pending.state} was chosen`);
      pending.state = 'sent';
    }
    this.flights.push(chosen);
    return true;
  }

  land(flight: Pending[], outcome: 'taken' | 'split' | 'refused'): void {
    this.flights.splice(this.flights.indexOf(flight), 1);
    if (outcome === 'taken') {
      this.acknowledged.push(...flight.map(({ event }) => event));
      return this.window.finish(flight);
    }
    for (const pending of flight) {
      pending.together = Math.max(1, flight.length >> 1);
      pending.state = outcome === 'split' && flight.length > 1 ? 'ready' : 'refused';
    }
  }

  putAside(pending: Pending): void {
    const list = this.window.behind(pending);
    if (list.some(({ state }) => state === 'sent')) throw new Error('what waits behind it is under way');
    for (const { event } of list) this.aside.add(event);
    this.window.finish(list);
  }

  /** What must hold at every moment. */
  check(): void {
    const dealt = new Set([...this.acknowledged, ...this.aside]);
    for (const event of this.#events.slice(0, this.#read))
      if (event.number <= this.window.doneThrough && !dealt.has(event))
        throw new Error(`the mark ${this.window.doneThrough} passed ${event.number}`);
    if (this.window.doneThrough > BigInt(this.#read)) throw new Error('the mark is ahead of the feed');
    const last = new Map<string, bigint>();
    for (const event of this.acknowledged) {
      if (this.aside.has(event)) throw new Error(`${event.number} was taken and stands aside`);
      for (const key of orderKeysOf(event)) {
        if (event.number <= (last.get(key) ?? 0n)) throw new Error(`${key} out of order`);
        last.set(key, event.number);
      }
    }
    const waiting = [...this.aside];
    for (const event of this.acknowledged)
      for (const other of waiting)
        if (other.number < event.number && orderKeysOf(other).some((key) => orderKeysOf(event).includes(key)))
          throw new Error(`${event.number} overtook ${other.number}, which stands aside`);
  }
}

function play(model: Model, step: number): void {
  const [what, which] = [step % 10, Math.floor(step / 10)];
  const flight = model.flights[which % Math.max(1, model.flights.length)];
  const refused = model.window.refused();
  const one = refused[which % Math.max(1, refused.length)];
  if (what < 2) model.read(which % 7);
  else if (what < 5) model.launch();
  else if (what < 7 && flight !== undefined) model.land(flight, 'taken');
  else if (what === 7 && flight !== undefined) model.land(flight, which % 2 === 0 ? 'split' : 'refused');
  else if (what === 8 && one !== undefined) one.state = 'ready';
  else if (what === 9 && one !== undefined) model.putAside(one);
}

await t.test(
  'whatever an agency does, in order and nothing lost; when it takes everything, all is told',
  (t) => {
    fc.assert(
      fc.property(story, ({ specs, steps, together }) => {
        const events = specs.map(eventOf);
        const model = new Model(events, together);
        for (const step of steps) {
          play(model, step);
          model.check();
        }
        for (let round = 0; round < 1000; round++) {
          model.read(10);
          for (const flight of [...model.flights]) model.land(flight, 'taken');
          for (const pending of model.window.refused()) pending.state = 'ready';
          if (!model.launch() && model.window.readThrough === BigInt(events.length)) break;
          model.check();
        }
        for (const flight of [...model.flights]) model.land(flight, 'taken');
        model.check();
        if (model.window.size > 0) throw new Error(`${model.window.size} are left`);
        if (model.window.doneThrough !== BigInt(events.length)) throw new Error('the mark is not at the end');
        if (model.acknowledged.length + model.aside.size !== events.length)
          throw new Error('told twice, or lost');
      }),
      { numRuns: 2000 },
    );
    t.end();
  },
);

await t.test(
  'what is free is what could be sent alone now; what is before a number is not dealt with',
  (t) => {
    fc.assert(
      fc.property(story, ({ specs, steps, together }) => {
        const model = new Model(specs.map(eventOf), together);
        for (const step of steps) play(model, step);
        const { window } = model;
        const free = window.free();
        const [first] = free;
        if (first !== undefined && window.next()[0] !== first) throw new Error('the first to go is not free');
        const keys = free.flatMap((pending) => pending.keys);
        if (new Set(keys).size !== keys.length) throw new Error('two of one bill are free');
        if (window.before(window.doneThrough + 1n).length > 0)
          throw new Error('behind the mark something waits');
        const all = window.before(window.readThrough + 1n);
        if (all.some(({ state }) => state === 'done') || free.some((pending) => !all.includes(pending)))
          throw new Error('before the end is all that is not dealt with');
      }),
      { numRuns: 500 },
    );
    t.end();
  },
);

await t.test('an event is ordered by its bills, another by its subject', (t) => {
  const payload = (data: object): string => JSON.stringify(data);
  const bills = [{ billNumber: 'A' }, { billNumber: 'B' }, { billNumber: 'A' }, {}];
  t.same(orderKeysOf({ subject: 's', payload: payload({ bills }) }), ['A', 'B']);
  for (const data of [{}, { bills: [] }, { bills: 'A' }, { bills: [{ billNumber: 7 }] }])
    t.same(orderKeysOf({ subject: 's', payload: payload(data) }), ['s']);
  t.end();
});
