// After every test on a database its books must balance, whatever the test did to it.
import type { Database } from '../../src/platform/db/index.ts';

/** Throws, naming what is wrong: each journal sums to zero, each balance is the sum of its postings. */
export async function assertBooksBalance(db: Database): Promise<void> {
  const faults = await db.transaction((tx) =>
    tx.query<{ fault: string }>(`
      select format('journal %s of biller %s sums to %s', journal_id, biller_id, sum(amount_minor)) as fault
        from posting group by biller_id, journal_id having sum(amount_minor) <> 0
      union all
      select format('account %s of biller %s: balance %s, postings %s',
                    account_no, biller_id, coalesce(b.total, 0), coalesce(p.total, 0))
        from (select biller_id, account_no, sum(amount_minor) as total from balance group by 1, 2) b
        full join (select biller_id, account_no, sum(amount_minor) as total from posting group by 1, 2) p
          using (biller_id, account_no)
       where coalesce(b.total, 0) <> coalesce(p.total, 0)
      limit 20`),
  );
  if (faults.length > 0)
    throw new Error(`the books do not balance: ${faults.map((row) => row.fault).join('; ')}`);
}
