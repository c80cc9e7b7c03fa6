// When a debit is tried again: the biller's days, moved to a day that works, never in the past.
import t from 'tap';
import { retryDay } from '../../../src/mandates/booking/retry-day.ts';

const facts = {
  retryDays: [3, 7],
  biller: { weekend: [6, 7], holidays: new Set<string>() },
  bank: { weekend: [5, 6], holidays: new Set(['2026-11-30']) },
  today: '2026-11-23',
  bankToday: '2026-11-23',
  leadDays: 0,
} as const;

t.test('each day once, on a day that works for the agency and its bank', async (t) => {
  t.equal(retryDay({ attempt: 1, collectOn: '2026-11-22' }, facts), '2026-11-25');
  t.equal(retryDay({ attempt: 1, collectOn: '2026-11-24' }, facts), '2026-12-01', 'off until the first');
  t.equal(retryDay({ attempt: 2, collectOn: '2026-11-25' }, facts), '2026-12-02');
  t.equal(retryDay({ attempt: 3, collectOn: '2026-11-25' }, facts), undefined);
  t.equal(retryDay({ attempt: 1, collectOn: '2026-09-22' }, facts), '2026-11-23', 'returned weeks later');
});

t.test('never on a day on which the bank cannot have it in time', async (t) => {
  const late = { attempt: 1, collectOn: '2026-11-20' };
  t.equal(retryDay(late, { ...facts, leadDays: 1 }), '2026-11-24', 'the bank has it a working day before');
  t.equal(
    retryDay(late, { ...facts, leadDays: 1, bankToday: '2026-11-24' }),
    '2026-11-25',
    'after its cut-off',
  );
  t.equal(retryDay(late, { ...facts, leadDays: 3 }), '2026-11-26');
});
