-- Who pays twice under one reference meets this row: one reference, one answer, for ever. biller_id 0 and no
-- payment: a reference burnt before its payment came. fingerprint: the request's identity (api.md).
create table payment_reference (
  channel_id  integer not null,
  reference   text not null,
  biller_id   integer not null,
  payment_id  uuid,
  outcome     text not null check (outcome in ('accepted', 'credited', 'refused', 'cancelled')),
  fingerprint text not null,
  problem     json,
  recorded_at timestamptz not null,
  primary key (channel_id, reference)
);

-- amount: what goes to the bills (or to credit); fee: the payer's part, tax included; total handed over: both.
create table payment (
  biller_id        integer not null,
  payment_id       uuid not null,
  channel_id       integer not null,
  reference        text not null,
  status           text not null check (status in ('accepted', 'credited', 'reversed')),
  receipt_no       bigint not null,
  method           text not null,
  route            text not null,
  currency         char(3) not null,
  amount_minor     bigint not null,
  fee_minor        bigint not null,
  biller_fee_minor bigint not null,
  tax_minor        bigint not null,
  commission_minor bigint not null,
  business_date    date not null,
  occurred_at      timestamptz not null,
  accepted_at      timestamptz not null,
  reversible_until timestamptz not null,
  details          json,
  primary key (biller_id, payment_id)
);
create index payment_by_day on payment (biller_id, business_date, payment_id);
create index payment_by_receipt on payment (biller_id, receipt_no);

-- due: what the bill needed (penalty included) at that moment; null for open amounts.
create table payment_bill (
  biller_id     integer not null,
  payment_id    uuid not null,
  line          smallint not null,
  bill_number   text not null,
  bill_revision integer not null,
  payer_id      text,
  amount_minor  bigint not null,
  due_minor     bigint,
  penalty_minor bigint not null,
  refusal       text,
  primary key (biller_id, payment_id, line)
);
comment on column payment_bill.refusal is 'why the bill could not take the money, when it became credit';

create table reversal (
  biller_id     integer not null,
  payment_id    uuid not null,
  reversal_id   uuid not null,
  channel_id    integer not null,
  reference     text not null,
  reason        text not null,
  kind          text not null check (kind in ('reversal', 'adjustment')),
  business_date date not null,
  recorded_at   timestamptz not null,
  primary key (biller_id, payment_id)
);
create table reversal_reference (
  channel_id integer not null,
  reference  text not null,
  biller_id  integer not null,
  payment_id uuid not null,
  primary key (channel_id, reference)
);

-- A payer's money without a bill, of (biller, payer, currency); '' when nobody knows the payer (suspense).
create table credit (
  biller_id       integer not null,
  payer_id        text not null,
  currency        char(3) not null,
  available_minor bigint not null check (available_minor >= 0),
  primary key (biller_id, payer_id, currency)
);

-- Written in the transaction that causes it; relayed and numbered afterwards by rows of their own.
create table event (
  biller_id   integer not null,
  event_id    uuid not null,
  type        text not null,
  subject     text not null,
  revision    integer not null,
  payload     json not null,
  recorded_at timestamptz not null,
  primary key (biller_id, event_id)
);
create trigger event_append_only before update or delete or truncate on event
  for each statement execute function refuse_change();
