-- What channels owe and have paid. A postpaid channel's total of a (biller, business date) is owed on its m-th working day.
alter table channel add column owed_after_days smallint not null default 1 check (owed_after_days between 0 and 60);
comment on column channel.owed_after_days is 'm: working days of the biller from a business date to the day on which its total is owed';

-- Written once, when the date is closed and its journals can change no more. In minor units, what is owed to the operator
-- positive; negative when more was taken back than collected.
create table channel_due (
  biller_id       integer not null,
  channel_id      integer not null,
  business_date   date not null,
  currency        char(3) not null,
  collected_minor bigint not null,
  reversed_minor  bigint not null,
  adjusted_minor  bigint not null,
  owed_minor      bigint not null,
  paid_minor      bigint not null default 0,
  owed_after_days smallint not null,
  due_on          date not null,
  recorded_at     timestamptz not null,
  primary key (biller_id, channel_id, business_date, currency),
  constraint channel_due_adds_up check (owed_minor = collected_minor + reversed_minor + adjusted_minor)
);
comment on column channel_due.reversed_minor is 'signed as the ledger has it: below zero';
comment on column channel_due.adjusted_minor is 'everything but payments, their reversals on the day, and transfers of the channel';
comment on column channel_due.due_on is 'moves with holidays that are declared or struck until it is paid';
create index channel_due_in_order on channel_due (channel_id, currency, due_on, business_date, biller_id);
create index channel_due_open on channel_due (channel_id, currency, due_on, business_date, biller_id) where owed_minor <> paid_minor;
create index channel_due_by_date on channel_due (channel_id, business_date);

-- Up to which business date the dues of a biller are written.
create table channel_due_through (
  biller_id     integer primary key references biller,
  business_date date not null
);

-- What a transfer of a channel was spread over: parts of a statement line add up to it. biller_id 0, business_date null: it
-- lies in the operator's book, paid before anything was owed; what is moved on from there are further parts, which add up
-- to nothing. Append-only.
create table channel_payment (
  statement_id  uuid not null,
  line          integer not null,
  part          integer not null,
  biller_id     integer not null,
  channel_id    integer not null,
  business_date date,
  currency      char(3) not null,
  amount_minor  bigint not null check (amount_minor <> 0),
  paid_on       date not null,
  journal_id    uuid not null,
  recorded_at   timestamptz not null,
  primary key (statement_id, line, part),
  constraint channel_payment_is_of_a_due check ((biller_id = 0) = (business_date is null))
);
comment on column channel_payment.paid_on is 'the booking date of the line at the bank';
create index channel_payment_by_channel on channel_payment (channel_id, currency, paid_on);
create index channel_payment_by_due on channel_payment (biller_id, channel_id, business_date);
create trigger channel_payment_append_only before update or delete or truncate on channel_payment
  for each statement execute function refuse_change();

-- What is left of a line in the operator's book; a line of which nothing is left has no row.
create table channel_ahead (
  statement_id uuid not null,
  line         integer not null,
  channel_id   integer not null,
  currency     char(3) not null,
  account_id   smallint not null,
  left_minor   bigint not null check (left_minor > 0),
  recorded_at  timestamptz not null,
  primary key (statement_id, line)
);
comment on column channel_ahead.account_id is 'of the operator''s bank account that it came into';
create index channel_ahead_by_channel on channel_ahead (channel_id, currency);
