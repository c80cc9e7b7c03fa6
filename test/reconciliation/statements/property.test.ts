// Random days of a bank account: whatever the bank tells early, tells twice or sends again, in the end the ledger's balance
// of the account is what the bank says, and every line is placed.
import fc from 'fast-check';
import t from 'tap';
import { addDays } from '../../../src/kernel/business-date.ts';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import type { Booking } from '../../support/bank-statement.ts';
import { balances, makeRemitWorld, planned, work } from '../../support/remit-world.ts';
import { bringOurs, statementParts } from '../../support/statement-world.ts';

const bookingOf = fc.record({
  kind: fc.constantFrom('charge', 'channel', 'top-up', 'deposit'),
  minor: fc.bigInt({ min: 1n, max: 50n }),
  hasReference: fc.boolean(),
  toldBefore: fc.boolean(),
});
const dayOf = fc.record({
  bookings: fc.array(bookingOf, { maxLength: 12 }),
  sentAgain: fc.boolean(),
  paysOut: fc.boolean(),
});

t.test('the ledger ends where the bank ends', async (t) => {
  for (const seed of [1, 2, 3]) {
    await t.test(`days of seed ${seed}`, async (t) => {
      const world = await makeRemitWorld(t);
      const one = await planned(world);
      await work(world, '2026-11-23T06:00:00Z');
      const parts = statementParts(world);
      const [days = []] = fc.sample(fc.array(dayOf, { minLength: 4, maxLength: 8 }), { seed, numRuns: 1 });
      const payday = Math.max(
        0,
        days.findIndex(({ paysOut }) => paysOut),
      );
      let opening = 1_000_000n;
      let reference = 0;
      for (const [at, day] of days.entries()) {
        const from = addDays('2026-11-23', at);
        const said = day.bookings.map(({ kind, minor, hasReference, toldBefore }) => {
          const booking: Booking = {
            ...(kind === 'charge'
              ? { minor: -minor, code: ['PMNT', 'MDOP', 'CHRG'] as const }
              : {
                  minor,
                  text: kind === 'channel' ? 'WASIT/bank' : kind === 'top-up' ? 'WASIT/agent' : 'ايداع',
                }),
            ...(hasReference && { ref: `R${(reference += 1)}` }),
          };
          return { booking, toldBefore };
        });
        const early = said.filter(({ toldBefore }) => toldBefore).map(({ booking }) => booking);
        if (early.length > 0) await bringOurs(parts, early, { notification: true, id: `N${at}`, from });
        const bookings = said.map(({ booking }) => booking);
        if (at === payday) bookings.push({ minor: -125_500n, e2e: one.endToEndId });
        await bringOurs(parts, bookings, { from, opening, sequence: at + 1 });
        if (day.sentAgain)
          await bringOurs(parts, bookings, { from, opening, sequence: at + 1, id: `again-${at}` });
        opening += bookings.reduce((sum, { minor }) => sum + minor, 0n);
      }
      await placeStatements(parts);
      const rows = await world.db.transaction((tx) =>
        tx.query<{ outcome: string | null; doubtful: boolean; minor: bigint }>(
          `select outcome, exists (select from break b where b.statement_id = l.statement_id and b.line = l.line and b.kind = 'doubtful-line') as doubtful,
                  sum(amount_minor)::bigint as minor from statement_line l group by 1, 2`,
        ),
      );
      t.notOk(
        rows.some(({ outcome }) => outcome === null),
        'every line is placed',
      );
      const left = rows
        .filter(({ outcome }) => outcome === 'break')
        .reduce((sum, { minor }) => sum + minor, 0n);
      const mine = await world.db.transaction((tx) =>
        tx.query<{ minor: bigint }>(
          `select coalesce(sum(b.amount_minor), 0)::bigint as minor from balance b join account a using (biller_id, account_no)
            where a.code = 'bank' and a.channel_id = 1`,
        ),
      );
      t.equal((mine[0]?.minor ?? 0n) + left, opening - 1_000_000n);
      t.notOk('biller/in-transit' in (await balances(world.db, 1)), 'the remittance is proved');
    });
  }
});
