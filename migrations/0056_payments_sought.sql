-- For people who look for payments. Each of these costs a payment that is plainly accepted next to nothing: it has no entry
-- in the partial ones, and the other keeps a summary for every 32 pages.
create index payment_not_plain on payment (biller_id, business_date, payment_id) where status <> 'accepted';
create index payment_by_channel on payment using brin (channel_id int4_bloom_ops (n_distinct_per_range = 64))
  with (pages_per_range = 32, autosummarize = on);
create index payment_bill_refused on payment_bill (biller_id, bill_number) where refusal is not null;
create index payment_bill_refused_payer on payment_bill (biller_id, payer_id) where refusal is not null;
