-- Debits that banks have, by day: those of which no word comes are looked for.
create index debit_order_sent on debit_order (biller_id, collect_on) where state = 'sent';
