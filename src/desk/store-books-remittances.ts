// SQL of the invariants of remittances: what is under way is in the ledger, and nothing goes twice. That they are what
// their batch remits stands with the settlements.

import type { Invariant } from './invariant.ts';

export const REMITTANCE_INVARIANTS: readonly Invariant[] = [
  {
    name: 'next-attempt-after-the-last',
    says: 'a next attempt is of the same amount and follows one that was returned or rejected',
    per: 'biller',
    rows: `
select l.remittance_id is null or l.amount_minor <> r.amount_minor or l.state not in ('returned', 'rejected') as bad,
       format('remittance %s', r.end_to_end_id) as example
  from remittance r
  left join remittance l on l.biller_id = $1 and l.settlement_id = r.settlement_id and l.unit = r.unit and l.attempt = r.attempt - 1
 where r.biller_id = $1 and r.attempt > 0`,
  },
  {
    name: 'in-transit-equals-under-way',
    says: 'the account in-transit holds the remittances that are planned, approved or sent, and nothing else',
    per: 'biller',
    rows: `
select coalesce(b.minor, 0) <> -coalesce(r.minor, 0) as bad,
       format('%s: in transit %s, under way %s', coalesce(b.currency, r.currency), coalesce(b.minor, 0), coalesce(r.minor, 0)) as example
  from (select a.currency, sum(b.amount_minor) as minor
          from account a join balance b using (biller_id, account_no)
         where a.biller_id = $1 and a.code = 'biller/in-transit' group by 1) b
  full join (select currency, sum(amount_minor) as minor from remittance
              where biller_id = $1 and state in ('planned', 'approved', 'sent') group by 1) r using (currency)`,
  },
  {
    name: 'remittance-journals',
    says: 'each step that moves money has its journal of the amount, and each such journal its step',
    per: 'biller',
    rows: `
select j.journal_id is null or s.journal_id is null or j.minor is distinct from s.amount_minor as bad,
       format('remittance %s, journal %s', coalesce(s.end_to_end_id, '-'), coalesce(j.journal_id, s.journal_id)) as example
  from (select s.journal_id, r.amount_minor, r.end_to_end_id
          from remittance_step s join remittance r using (biller_id, remittance_id)
         where s.biller_id = $1 and s.journal_id is not null) s
  full join (select j.journal_id, sum(p.amount_minor) filter (where p.amount_minor > 0) as minor
               from journal j join posting p using (biller_id, journal_id)
              where j.biller_id = $1 and j.kind = 'remittance' or j.biller_id = $1 and j.kind = 'close' and exists (
                select from posting o join account a using (biller_id, account_no)
                 where o.biller_id = $1 and o.journal_id = j.journal_id and a.code = 'biller/in-transit')
              group by 1) j using (journal_id)`,
  },
  {
    name: 'order-files-agree',
    says: 'an order file holds its transfers, each once, of one account and currency, and adds up',
    per: 'installation',
    rows: `
select null::int as biller_id,
       f.sha256 <> sha256(coalesce(f.sealed_bytes, f.bytes)) or f.kind = 'transfer' and (f.transfers <> coalesce(r.transfers, 0)
         or f.amount_minor <> coalesce(r.minor, 0) or not coalesce(r.fits, false)) as bad,
       f.name as example
  from order_file f
  left join (select r.file_id, count(*) as transfers, sum(r.amount_minor) as minor,
                    bool_and(r.pays_from = f.account_id and r.currency = f.currency
                      and (f.bytes is null or position(convert_to('<EndToEndId>' || r.end_to_end_id || '</EndToEndId>', 'UTF8') in f.bytes) > 0))
                    and (f.bytes is not null
                      or f.ids_sha256 = sha256(convert_to(string_agg(r.end_to_end_id, e'\\n' order by r.end_to_end_id collate "C"), 'UTF8'))) as fits
               from remittance r join order_file f on f.file_id = r.file_id group by r.file_id, f.file_id) r on r.file_id = f.file_id`,
  },
  {
    name: 'sent-is-in-its-order',
    says: 'what was sent, or has ended, is in an order file',
    per: 'biller',
    rows: `
select f.file_id is null as bad, format('remittance %s', r.end_to_end_id) as example
  from remittance r left join order_file f on f.file_id = r.file_id
 where r.biller_id = $1 and r.state not in ('planned', 'approved')`,
  },
  {
    // Noted before the file can be taken, so that a statement may be read before the hand-over is noted.
    name: 'nothing-ended-is-handed-over',
    says: 'no order file is handed over with transfers that had ended before',
    per: 'biller',
    rows: `
select coalesce(least(r.confirmed_at, r.ended_at) < coalesce(f.offered_at, f.handed_over_at), false) as bad,
       format('remittance %s, file %s', r.end_to_end_id, f.name) as example
  from remittance r join order_file f on f.file_id = r.file_id
 where r.biller_id = $1 and f.state <> 'made'`,
  },
];
