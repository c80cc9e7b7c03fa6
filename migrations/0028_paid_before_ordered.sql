-- Debits of remittances that nobody had ordered are looked at again when these are: found without a look at every break.
create index break_paid_early on break (biller_id, break_id)
  where state = 'open' and kind = 'unplaced-line' and ours ->> 'state' in ('planned', 'approved');
