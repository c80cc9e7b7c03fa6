// What follows from what at a kiosk: which order is sent, and where the money of each end has gone.
import t from 'tap';
import {
  answered,
  closeCash,
  isOver,
  isReference,
  newReference,
  orderOf,
  partsOf,
  type Outcome,
  type Taking,
} from '../../src/console/web/kiosk/taking.ts';

const omr = (value: string) => ({ value, currency: 'OMR' });

function takingOf(...notes: string[]): Taking {
  return {
    reference: 'K000000000001',
    step: 'cash',
    billerCode: 'om-social',
    billerName: 'Fund',
    billNumber: 'OM-1',
    quoteId: 'quote',
    amount: omr('19.500'),
    fee: omr('0.200'),
    total: omr('19.700'),
    language: 'en',
    startedAt: '2026-11-22T08:00:00Z',
    notes: notes.map((value, i) => ({ note: String(i), value, state: 'stacked' })),
    isTold: false,
  };
}

const close = (taking: Taking): Taking | undefined => closeCash(taking, 'MALL-07', '2026-11-22T08:01:00Z');
const is = (status: Outcome['status']): Outcome => ({ status });

t.test('what is sent', async (t) => {
  t.equal(close(takingOf()), undefined, 'nothing was put in');
  const held = { note: '9', value: '50.000', state: 'stacking' } as const;
  t.equal(close({ ...takingOf(), notes: [held] }), undefined, 'what the machine did not take is not sent');
  const whole = close(takingOf('10.000', '10.000'));
  t.match(whole && orderOf(whole), {
    reference: 'K000000000001',
    bills: [{ billNumber: 'OM-1', amount: omr('19.500'), quoteId: 'quote' }],
    fee: omr('0.200'),
    cashHeld: true,
    outlet: { kind: 'kiosk', id: 'MALL-07' },
  });
  const half = close(takingOf('10.000'));
  t.match(half && orderOf(half), { bills: [{ amount: omr('10.000') }], fee: omr('0.000') });
  const rest = whole && orderOf(answered(whole, is('accepted')));
  t.match(rest, { reference: 'K000000000001:rest', bills: [{ amount: omr('0.300') }] });
  t.notOk(rest?.bills[0].quoteId, 'the quote was that of the bill');
  t.notOk(rest?.fee);
  for (const status of ['credited', 'refused'] as const)
    t.equal(whole && orderOf(answered(whole, is(status))), undefined, `${status}: what is over is not sent`);
});

t.test('where the money has gone', async (t) => {
  const whole = close(takingOf('10.000', '10.000'));
  if (whole === undefined) throw new Error('it is enough');
  const cases: [name: string, outcomes: Outcome['status'][], parts: [bigint, bigint, bigint]][] = [
    ['paid, the rest credited', ['accepted', 'credited'], [19_700n, 300n, 0n]],
    ['paid, the rest refused', ['accepted', 'refused'], [19_700n, 0n, 300n]],
    ['credited, the rest held', ['credited'], [0n, 19_700n, 300n]],
    ['refused', ['refused'], [0n, 0n, 20_000n]],
    ['cancelled', ['cancelled'], [0n, 0n, 20_000n]],
  ];
  for (const [name, outcomes, [paid, credited, held]] of cases) {
    const end = outcomes.reduce((taking, status) => answered(taking, is(status)), whole);
    t.equal(end.step, 'done', name);
    t.same(partsOf(end), { paid, credited, held }, name);
    t.notOk(isOver(end), 'nobody has his slip yet');
    t.equal(isOver({ ...end, isTold: true }), held === 0n, 'what is held waits for a technician');
  }
});

t.test('references', async (t) => {
  const many = new Set(Array.from({ length: 1000 }, newReference));
  t.equal(many.size, 1000);
  t.ok([...many].every(isReference));
  t.notOk(isReference('OM-2026-000001'));
});
