-- What was paid by business date, channel and hour, added up from the feed of each biller as it grows: what people look at
-- all day is read from here and never from the payments. outcome: accepted, credited, or reversed (also when the reversal
-- is of a later day than its payment, which it then counts in).
create table paid_hour (
  biller_id     integer not null,
  business_date date not null,
  channel_id    integer not null,
  hour          timestamptz not null,
  outcome       text not null check (outcome in ('accepted', 'credited', 'reversed')),
  currency      char(3) not null,
  payments      bigint not null,
  amount_minor  bigint not null,
  primary key (biller_id, business_date, channel_id, hour, outcome, currency)
) with (fillfactor = 70);

-- How far the feed of a biller has been counted into paid_hour.
create table paid_tally (
  biller_id integer primary key references biller,
  number    bigint not null
) with (fillfactor = 50);
