// Whatever happens in whichever order: money that the bank has is bills paid and payers' credit, no bill is paid twice, and
// the bank's view is ours.
import t from 'tap';
import type { Database } from '../../../src/platform/db/index.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { balances } from '../../support/remit-world.ts';
import { makeSendingWorld } from '../../support/sending.ts';
import { Timeline } from '../../support/debit-timeline.ts';
import { BILLERS } from '../../support/world.ts';

const SEEDS = (process.env['SEEDS'] ?? '7,41').split(',').map(Number);
const RETRY_DAYS = [2, 4];
const STEPS = Number(process.env['STEPS'] ?? 120);

for (const seed of SEEDS)
  t.test(`timeline ${seed}`, async (t) => {
    const world = await makeSendingWorld(t, {
      retryDays: RETRY_DAYS,
      paidAt: seed % 3 === 0 ? 'accepted' : 'settled',
    });
    const { db } = world;
    const line = new Timeline(world, seed);
    await line.begin();
    for (let n = 0; n < STEPS; n++) {
      await line.step();
      if (n % 40 === 39) await assertBooksBalance(db);
    }
    await line.end();
    const taken = [...line.atBank.values()].filter(({ hasMoney }) => hasMoney);
    const takenMinor = taken.reduce((sum, { minor }) => sum + minor, 0n);
    const books = await readBooks(db);
    const told = line.log.filter((each) => each.startsWith('could not')).join();
    t.equal(books.waiting, 0, told);
    t.equal(books.collectedMinor, takenMinor, 'what the bank has is what we take for collected');
    t.equal(books.paidMinor + books.creditedMinor, takenMinor, 'and is bills paid or credit');
    t.equal(
      (await balances(db, BILLERS.om.id))['channel/receivable/1'] ?? 0n,
      takenMinor,
      'and owed by the bank',
    );
    t.equal(books.creditMinor, books.creditedMinor, 'credit is what debits have left');
    t.same(books.wrong, [], 'no debit differs from its payments, no bill is in two');
    await assertBooksBalance(db);
  });

interface Books {
  waiting: number;
  collectedMinor: bigint;
  paidMinor: bigint;
  creditedMinor: bigint;
  creditMinor: bigint;
  wrong: string[];
}

async function readBooks(db: Database): Promise<Books> {
  return db.transaction(async (tx) => {
    const [books] = await tx.query<Omit<Books, 'wrong'>>(
      `select (select count(*)::int from debit_word where booked_at is null) as waiting,
              (select coalesce(sum(amount_minor), 0)::bigint from debit_order where state = 'collected') as "collectedMinor",
              (select coalesce(sum(amount_minor), 0)::bigint from payment where reference like 'WSTD%' and status = 'accepted') as "paidMinor",
              (select coalesce(sum(amount_minor), 0)::bigint from payment where reference like 'WSTD%' and status = 'credited') as "creditedMinor",
              (select coalesce(sum(available_minor), 0)::bigint from credit) as "creditMinor"`,
    );
    if (books === undefined) throw new Error('no books');
    const wrong = await tx.query<{ fault: string }>(
      `select 'not its payments: ' || debit_id as fault from debit_order o where state = 'collected' and amount_minor <> (
          select sum(b.amount_minor) from debit_bill b join payment p using (biller_id, payment_id)
           where b.biller_id = o.biller_id and b.debit_id = o.debit_id and p.status in ('accepted', 'credited'))
       union all
       select 'paid though it failed: ' || debit_id from debit_order o where state in ('failed', 'returned') and exists (
          select from debit_bill b join payment p using (biller_id, payment_id)
           where b.biller_id = o.biller_id and b.debit_id = o.debit_id and p.status <> 'reversed')
       union all
       select 'paid by two: ' || bill_number from (
          select b.bill_number from debit_bill b join payment p using (biller_id, payment_id)
           where p.status = 'accepted' group by 1 having count(*) > 1) twice
       union all
       select 'live and over: ' || b.bill_number from debit_bill b join debit_order o using (biller_id, debit_id)
        where b.live <> (o.state in ('planned', 'held', 'built', 'sent')) and b.outcome is distinct from 'paid-elsewhere'
          and b.outcome is distinct from 'withdrawn'
       union all
       select 'tried too often: ' || debit_id from debit_order where attempt > ${1 + RETRY_DAYS.length}
       union all
       select 'tried again though it was given up: ' || r.debit_id from debit_order r join debit_order o on o.biller_id = r.biller_id and o.debit_id = r.retry_of
        where o.state not in ('failed', 'returned') or o.retry_on is null or r.attempt <> o.attempt + 1
       union all
       select 'taken up again by itself: ' || b.bill_number from debit_order o join debit_bill b using (biller_id, debit_id)
         join debit_order l on l.biller_id = o.biller_id and l.mandate_id = o.mandate_id and l.planned_at > o.changed_at and l.cause <> 'retry'
         join debit_bill lb on lb.biller_id = l.biller_id and lb.debit_id = l.debit_id and lb.bill_number = b.bill_number
        where o.state in ('failed', 'returned') and b.outcome in ('failed', 'returned')
       union all
       select 'an outcome that is not so: ' || b.bill_number from debit_bill b join payment p using (biller_id, payment_id)
        where b.outcome <> case p.status when 'accepted' then 'paid' when 'credited' then 'credited' else 'returned' end
          and not (b.outcome = 'credited' and p.status = 'reversed')`,
    );
    return {
      ...books,
      wrong: wrong.map(({ fault }) => fault),
    };
  });
}
