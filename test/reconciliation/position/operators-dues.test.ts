// What a channel owes by what was decided in the operator's own book: due as a biller's date is.
import t from 'tap';
import type { PositionAnswer } from '../../../src/reconciliation/position/schema.ts';
import { statementCsv } from '../../../src/reconciliation/position/statement-csv.ts';
import { channelStatement } from '../../../src/reconciliation/position/statement.ts';
import { readLate } from '../../../src/reconciliation/position/store-position.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { findOne, resolved } from '../../support/breaks.ts';
import { closedDay, position, sweep, takenBack, transfer } from '../../support/owing.ts';
import { makeRemitWorld, type RemitWorld } from '../../support/remit-world.ts';
import { deskOf } from '../../support/statement-world.ts';
import { setClock } from '../../support/world.ts';

t.test(
  'what was decided of a break of no biller is due at once, paid by transfers, and late the day after',
  async (t) => {
    const world = await makeRemitWorld(t);
    const { db } = world;
    await closedDay(world, '2026-11-22', { kiosk: '20.000' });
    const desk = await deskOf(world);
    const theirs = { line: 2, status: 'accepted', amount: { value: '7.000', currency: 'OMR' } };
    const of = { kind: 'missing-here', billerId: 0, channel: 'kiosk', amountMinor: 7_000n, theirs } as const;
    const id = await findOne(desk, of);
    t.match(await resolved(desk, id, 'suspense'), { code: 'ok' });
    const [first] = (await position(world, 'kiosk')).totals;
    const zero = { value: '0.000' };
    t.match(first, { owed: { value: '27.000' }, running: zero, paidAhead: zero });
    const own = await operatorsOwn(world);
    t.match(own, [{ state: 'closed', open: { value: '7.000' }, late: false }]);
    const [{ businessDate, dueOn } = { businessDate: '', dueOn: '' }] = own;
    t.equal(dueOn, businessDate);
    const told = await statement(world);
    t.match(told, `day,${businessDate},,0.000,0.000,7.000,${businessDate},,,,OMR,`);
    t.match(told, /closing,2026-11-30,,,,,,,,,OMR,27\.000/);
    const later = await statement(world, '2026-11-25');
    t.match(later, /opening,2026-11-25,,,,,,,,,OMR,27\.000/);

    // Page by page too, beside a biller's of the same date.
    const paged: unknown[] = [];
    for (let after = ''; ;) {
      const { items, next } = await position(world, 'kiosk', `limit=1&from=2026-11-01${after}`);
      paged.push(...items);
      if (next === null) break;
      after = `&after=${next}`;
    }
    t.strictSame(paged, (await position(world, 'kiosk', 'from=2026-11-01')).items);

    const before = (await db.transaction(readLate)).find(({ code }) => code === 'kiosk')?.minor ?? 0;
    await setClock(
      db,
      `${new Date(Date.parse(businessDate) + 86_400_000).toISOString().slice(0, 10)}T00:00:01Z`,
    );
    t.match(await operatorsOwn(world), [{ late: true }]);
    const after = (await db.transaction(readLate)).find(({ code }) => code === 'kiosk');
    t.equal((after?.minor ?? 0) - before >= 7_000, true, 'the metrics tell it');

    await transfer(world, 30_000n, { channel: 'kiosk', bookedOn: '2026-11-24' });
    const [paid] = (await position(world, 'kiosk')).totals;
    t.match(paid, { owed: { value: '-3.000' }, late: zero, running: zero, paidAhead: { value: '3.000' } });
    t.strictSame(await operatorsOwn(world), []);
    t.match(await statement(world), /closing,2026-11-30,,,,,,,,,OMR,-3\.000/);

    // Given back: owed to the channel now, and set off with what it owes next.
    t.match(await resolved(desk, id, 'give-back'), { code: 'ok' });
    const [back] = (await position(world, 'kiosk')).totals;
    t.match(back, {
      owed: { value: '-10.000' },
      toSetOff: { value: '-7.000' },
      paidAhead: { value: '3.000' },
    });

    // What was paid ahead goes to such a due as to any other.
    const again = await findOne(desk, { ...of, amountMinor: 9_000n, theirs: nine });
    t.match(await resolved(desk, again, 'suspense'), { code: 'ok' });
    await sweep(world);
    const [moved] = (await position(world, 'kiosk')).totals;
    t.match(moved, { owed: { value: '-1.000' }, toSetOff: zero, due: zero, paidAhead: { value: '1.000' } });

    // The bank takes the transfer back: all of it is owed again.
    t.match(await takenBack(world, 30_000n, { channel: 'kiosk' }), { ok: true });
    const [open] = (await position(world, 'kiosk')).totals;
    t.match(open, { owed: { value: '29.000' }, paidAhead: zero });
    await assertBooksBalance(db);
  },
);

/** Unpaid, of no biller. */
async function operatorsOwn(world: RemitWorld): Promise<PositionAnswer['items']> {
  const { items } = await position(world, 'kiosk');
  return items.filter(({ billerCode }) => billerCode === null);
}

const nine = { line: 3, status: 'accepted', amount: { value: '9.000', currency: 'OMR' } };

async function statement(world: RemitWorld, from = '2026-11-22'): Promise<string> {
  const told = await channelStatement(world.db, 'kiosk', { from, to: '2026-11-30' });
  if (told === undefined || 'code' in told) throw new Error('no statement');
  return statementCsv(told);
}
