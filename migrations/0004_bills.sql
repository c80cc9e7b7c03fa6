-- What is owed. Status and payment are in no index, so that paying a bill is a HOT update (ADR 4): the row's
-- indexes are untouched. 'expired' is no state of its own: open, with expires_on in the past.
create table bill (
  biller_id    integer not null,
  bill_number  text not null,
  payer_id     text not null,
  payer_name   text not null,
  description  text not null,
  status       text not null default 'open' check (status in ('open', 'paid', 'cancelled')),
  amount_minor bigint check (amount_minor > 0),
  min_minor    bigint,
  max_minor    bigint,
  step_minor   bigint,
  due_on       date not null,
  expires_on   date,
  version      bigint,
  revision     integer not null default 1,
  penalty      jsonb,
  lines        jsonb,
  budget_line  text,
  unit         text,
  service      text,
  contact      jsonb,
  content_hash bytea not null,
  payment_id   uuid,
  received_at  timestamptz not null,
  primary key (biller_id, bill_number),
  constraint bill_has_an_amount check ((amount_minor is null) = (min_minor is not null))
) with (fillfactor = 88);
create index bill_by_payer on bill (biller_id, payer_id, due_on, bill_number);

-- Earlier contents of a bill, and payments of it that were reversed: what a trace shows.
create table bill_history (
  biller_id   integer not null,
  bill_number text not null,
  history_id  uuid not null,
  reason      text not null check (reason in ('replaced', 'cancelled', 'reversed', 'reopened')),
  content     jsonb not null,
  recorded_at timestamptz not null,
  primary key (biller_id, bill_number, history_id)
);

create table bill_file (
  biller_id    integer not null,
  file_id      uuid not null,
  state        text not null check (state in ('receiving', 'loading', 'done', 'failed')),
  format       text not null check (format in ('csv', 'ndjson')),
  compressed   boolean not null,
  bytes        bigint not null default 0,
  sha256       bytea,
  lines        bigint not null default 0,
  created      bigint not null default 0,
  replaced     bigint not null default 0,
  unchanged    bigint not null default 0,
  rejected     bigint not null default 0,
  failure      text,
  received_at  timestamptz not null,
  touched_at   timestamptz not null,
  done_at      timestamptz,
  primary key (biller_id, file_id)
);
create table bill_file_chunk (
  biller_id integer not null,
  file_id   uuid not null,
  chunk     integer not null,
  bytes     bytea not null,
  primary key (biller_id, file_id, chunk)
);
alter table bill_file_chunk alter column bytes set storage external;
create table bill_file_reject (
  biller_id integer not null,
  file_id   uuid not null,
  line      bigint not null,
  code      text not null,
  field     text not null,
  detail    text not null,
  primary key (biller_id, file_id, line)
);

-- A set of bills under one ISO 11649 creditor reference.
create table pay_code (
  biller_id    integer not null,
  code         text not null,
  reference    text not null,
  bill_numbers text[] not null,
  created_at   timestamptz not null,
  primary key (biller_id, code)
);
create unique index pay_code_by_reference on pay_code (biller_id, reference);
