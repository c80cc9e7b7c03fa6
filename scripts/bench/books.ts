// The end of every run: do the books hold, and did the database record exactly what was answered? By SQL of its
// own, so that a fault of the product cannot hide behind the product's own check. A run that fails has no figure.

import type { Database } from '../../src/platform/db/index.ts';

const CHECKS: Record<string, string> = {
  'journals that do not sum to zero': `
    select count(*) from (select 1 from posting group by biller_id, journal_id having sum(amount_minor) <> 0) j`,
  'journals without postings': `
    select count(*) from journal j where not exists (select from posting p where p.biller_id = j.biller_id and p.journal_id = j.journal_id)`,
  'balances that differ from their postings': `
    select count(*) from (select biller_id, account_no, sum(amount_minor) as total from balance group by 1, 2) b
      full join (select biller_id, account_no, sum(amount_minor) as total from posting group by 1, 2) p using (biller_id, account_no)
     where coalesce(b.total, 0) <> coalesce(p.total, 0)`,
  'accepted references without their payment': `
    select count(*) from payment_reference r left join payment p on p.biller_id = r.biller_id and p.payment_id = r.payment_id
       and p.channel_id = r.channel_id and p.reference = r.reference
     where r.outcome = 'accepted' and p.payment_id is null`,
  'payments beyond one per accepted reference': `
    select (select count(*) from payment where status <> 'credited') - (select count(*) from payment_reference where outcome = 'accepted')`,
  'accepted payments without their event': `
    select count(*) from payment p left join event e on e.biller_id = p.biller_id and e.event_id = p.payment_id
     where e.event_id is null or e.type <> 'payment.' || p.status and p.status <> 'reversed'`,
  'events that are neither in their feed nor on their way there': `
    select count(*) from event e
     where not exists (select from event_feed f where f.biller_id = e.biller_id and f.event_id = e.event_id)
       and not exists (select from event_outbox o where o.biller_id = e.biller_id and o.event_id = e.event_id)`,
  'events in the feed and on their way beyond one place each': `
    select (select count(*) from event_feed) + (select count(*) from event_outbox) - (select count(*) from event)`,
  'feeds with a gap': `
    select count(*) from (select biller_id, count(*) as events, max(number) as last_number from event_feed group by 1) f
      full join event_feed_head h using (biller_id)
     where coalesce(f.events, 0) <> coalesce(h.last_number, 0) or f.last_number <> h.last_number`,
  'accepted payments without their journal': `
    select count(*) from payment p left join journal j on j.biller_id = p.biller_id and j.journal_id = p.payment_id where j.journal_id is null`,
  'paid bills without a live payment, or live payments of bills that are not paid': `
    select count(*) from (select biller_id, bill_number, payment_id from bill where status = 'paid') b
      full join (select l.biller_id, l.bill_number, l.payment_id from payment_bill l
                   join payment p using (biller_id, payment_id) where p.status = 'accepted') l using (biller_id, bill_number, payment_id)
     where b.bill_number is null or l.bill_number is null or b.payment_id is null`,
};

export interface BooksCheck {
  readonly payments: number;
  readonly seconds: number;
}

/** Throws, naming each check that failed. `accepted`: how many 201 answers there were in all, what was filled in included; left out where others pay too. */
export async function checkBooks(database: Database, accepted?: number): Promise<BooksCheck> {
  const startedAt = performance.now();
  const faults: string[] = [];
  for (const [what, sql] of Object.entries(CHECKS)) {
    const found = await count(database, sql);
    if (found !== 0) faults.push(`${found} ${what}`);
  }
  const payments = await count(database, 'select count(*) from payment');
  if (accepted !== undefined && payments !== accepted)
    faults.push(`${payments} payments recorded, ${accepted} answered 201`);
  if (faults.length > 0) throw new Error(`the books do not hold: ${faults.join('; ')}`);
  return { payments, seconds: (performance.now() - startedAt) / 1000 };
}

async function count(database: Database, sql: string): Promise<number> {
  const [row] = await database.transaction(async (tx) => {
    await tx.query(`select set_config('work_mem', '512MB', true)`);
    return tx.query<{ count: bigint }>(`select (${sql})::bigint as count`);
  });
  return Number(row?.count);
}
