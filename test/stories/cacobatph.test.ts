// CACOBATPH: one mandate, twelve sites, one debit for what falls due on a weekend, by files alone; then a month in which there is
// not enough, the builder told why, and the second try; through the gateway, the worker and the bank's folders.
import fs from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import type { CacobatphTold } from '../../src/demo/stories/cacobatph.ts';
import { readDebitOrders } from '../../src/dialects/index.ts';
import { weekdayOf } from '../../src/kernel/business-date.ts';
import { parseId } from '../../src/kernel/ids.ts';
import { tellStory } from '../support/told-story.ts';

const TOTAL = 70_230_000n;
/** The second try, with the penalty of five percent. */
const LATE = 73_741_500n;

await t.test('twelve sites, one mandate', async (t) => {
  const { came, messages, query, wasit, dataDir } = await tellStory<CacobatphTold>(t, 'cacobatph');
  const ids = came.debitIds.map((id) => parseId('dbt', id));

  await t.test('one debit a month, moved to a working day without a penalty, and a second try', async (t) => {
    t.equal(weekdayOf(came.dueOn), 5, 'due on a Friday');
    t.notOk([5, 6].includes(weekdayOf(came.collectOn)));
    const debits = await query<{ debit_id: string }>(
      `select o.debit_id, o.state, o.way, o.attempt, o.cause, o.amount_minor, o.why, o.retry_of, o.file_id is not null as in_file,
              count(*)::int as bills, count(*) filter (where d.outcome = 'paid' and b.status = 'paid')::int as paid
         from debit_order o join debit_bill d using (biller_id, debit_id) join bill b using (biller_id, bill_number)
        where o.mandate_id = $1 group by o.biller_id, o.debit_id order by o.debit_id`,
      [parseId('mnd', came.mandateId)],
    );
    const common = { way: 'file', bills: 12, in_file: true };
    t.match(debits, [
      {
        ...common,
        debit_id: ids[0],
        amount_minor: TOTAL,
        state: 'collected',
        attempt: 1,
        cause: 'due-date',
        paid: 12,
      },
      { ...common, debit_id: ids[1], state: 'failed', attempt: 1, why: 'insufficient-funds', paid: 0 },
      {
        ...common,
        debit_id: ids[2],
        amount_minor: LATE,
        state: 'collected',
        attempt: 2,
        cause: 'retry',
        retry_of: ids[1],
        paid: 12,
      },
    ]);
    t.equal(debits.length, 3);
    const [paid] = await query(
      `select sum(amount_minor)::bigint as minor, count(*)::int as count from payment where payment_id = any($1)`,
      [came.paymentIds.map((id) => parseId('pay', id))],
    );
    t.match(paid, { minor: TOTAL + LATE, count: came.paymentIds.length });
  });

  await t.test(
    'three files of one debit each, answered and notified; the money is in the bank',
    async (t) => {
      const folder = path.join(dataDir, 'orders', 'taken');
      const files = await Promise.all(
        (await fs.readdir(folder)).map((name) => fs.readFile(path.join(folder, name))),
      );
      const orders = files.filter((bytes) => bytes.includes('pain.008.001'));
      t.equal(orders.length, 3);
      for (const bytes of orders) {
        const read = await readDebitOrders(bytes);
        if (!read.ok) throw new Error(read.reason);
        t.match(read.file.debits, [
          { amount: { currency: 'DZD' }, debtor: { account: '00200002000000201466' } },
        ]);
        t.equal(read.file.debits.length, 1);
      }
      t.match(
        await query(
          `select outcome, amount_minor from statement_line l join statement s using (statement_id)
          where l.end_to_end_id like 'WSTD%' order by s.recorded_at`,
        ),
        [{ amount_minor: TOTAL }, { amount_minor: LATE }],
      );
      t.match(await wasit('books'), /The books hold/);
    },
  );

  await t.test('the builder reads in Arabic what happens to his account', (t) => {
    const mandate = [/سُجّل تفويض/, /أكّد بنكك/, /سارٍ/];
    const anew = /سيُخصم .*737415.00.*تغيّر اليوم/s;
    const says = [...mandate, /سيُخصم/, /إيصال/, /سيُخصم/, /تعذّر خصم.*غير كاف/s, anew, /إيصال/];
    t.equal(messages.length, says.length);
    for (const [at, say] of says.entries()) t.match(messages[at], say);
    t.end();
  });
});
