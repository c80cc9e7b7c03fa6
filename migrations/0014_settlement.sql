-- What a payment's bill belonged to when it was paid: the split of the day's settlement must not follow later changes
-- of the bill. budget: the amount split over several budget lines, [{"line", "minor"}], largest remainder; else null
-- and budget_line is the one.
alter table payment_bill
  add column unit text,
  add column service text,
  add column budget_line text,
  add column budget json;
create index reversal_by_day on reversal (biller_id, business_date, payment_id);
create index rejection_by_day on rejection (biller_id, business_date, rejection_id);
create index journal_by_day on journal (biller_id, business_date, kind);

-- Corrections by decision of persons, dated in the open day: what changes the biller's due without a payment.
-- amount_minor: what the biller gets more (negative: less).
create table adjustment (
  biller_id     integer not null,
  adjustment_id uuid not null,
  kind          text not null check (kind in ('correction', 'credit-remitted')),
  reason        text not null,
  currency      char(3) not null,
  amount_minor  bigint not null check (amount_minor <> 0),
  payment_id    uuid,
  unit          text,
  service       text,
  budget_line   text,
  channel_id    integer,
  approval_id   uuid,
  journal_id    uuid not null,
  business_date date not null,
  recorded_at   timestamptz not null,
  primary key (biller_id, adjustment_id)
);
create index adjustment_by_day on adjustment (biller_id, business_date, adjustment_id);

-- One step of recording a sealed day: a run of its entries in the documented order, summed and digested. Kept: a
-- digest that no longer holds is thereby found to within one step.
create table settlement_step (
  biller_id     integer not null,
  business_date date not null,
  step          integer not null,
  source        text not null check (source in ('payment', 'reversal', 'rejection', 'adjustment')),
  through_id    uuid not null,
  entries       integer not null,
  digest        bytea not null,
  sums          json not null,
  primary key (biller_id, business_date, step)
);

-- The settlement of one business date of a biller: written once, after the seal, never changed. Amounts in minor units
-- of the biller's currency. Columns as in settlement_split; net = gross - reversed + adjusted - fees set off + carried.
create table settlement_batch (
  biller_id        integer not null,
  settlement_id    uuid not null,
  business_date    date not null,
  currency         char(3) not null,
  sealed_at        timestamptz not null,
  recorded_at      timestamptz not null,
  value_date       date not null,
  fees_settled     text not null,
  fees_set_off_minor bigint not null,
  carried_in_minor bigint not null,
  net_minor        bigint not null,
  remitted_minor   bigint not null check (remitted_minor >= 0),
  carried_out_minor bigint not null check (carried_out_minor <= 0),
  facts            json not null,
  digest           bytea not null,
  previous_digest  bytea,
  primary key (biller_id, settlement_id),
  unique (biller_id, business_date),
  constraint settlement_net_leaves check (net_minor = remitted_minor + carried_out_minor)
);
comment on column settlement_batch.facts is 'names and policies as they held at the close, for reports';
create trigger settlement_batch_append_only before update or delete or truncate on settlement_batch
  for each statement execute function refuse_change();

-- dimension 'total' (key ''), unit, service, channel, outlet-kind, method, budget-line. Via operator: gross, reversed,
-- adjusted; direct: what the bank credits to the biller itself; credited: money kept for payers, not in the net.
create table settlement_split (
  biller_id               integer not null,
  settlement_id           uuid not null,
  dimension               text not null check (dimension in ('total', 'unit', 'service', 'channel', 'outlet-kind', 'method', 'budget-line')),
  key                     text not null,
  payments                integer not null,
  bills                   integer not null,
  gross_minor             bigint not null,
  reversals               integer not null,
  reversed_minor          bigint not null,
  adjustments             integer not null,
  adjusted_minor          bigint not null,
  direct_payments         integer not null,
  direct_gross_minor      bigint not null,
  direct_reversed_minor   bigint not null,
  direct_adjusted_minor   bigint not null,
  credited                integer not null,
  credited_minor          bigint not null,
  payer_fee_minor         bigint not null,
  biller_fee_minor        bigint not null,
  tax_minor               bigint not null,
  commission_minor        bigint not null,
  net_minor               bigint not null,
  primary key (biller_id, settlement_id, dimension, key)
);
create trigger settlement_split_append_only before update or delete or truncate on settlement_split
  for each statement execute function refuse_change();

-- One transfer of a batch to one account, in one attempt. A returned or rejected one gets a next attempt by approval.
create table remittance (
  biller_id      integer not null,
  remittance_id  uuid not null,
  settlement_id  uuid not null,
  unit           text not null,
  account_version integer not null,
  attempt        smallint not null check (attempt between 0 and 9),
  pays_from      smallint references bank_account,
  currency       char(3) not null,
  amount_minor   bigint not null check (amount_minor > 0),
  state          text not null check (state in ('planned', 'approved', 'sent', 'confirmed', 'returned', 'rejected')),
  held           text check (held in ('approval', 'funding', 'account')),
  value_date     date not null,
  late           boolean not null default false,
  execute_on     date,
  end_to_end_id  text not null unique check (end_to_end_id ~ '^W[0-9A-Z]{14}[0-9]$'),
  approval_id    uuid,
  file_id        uuid,
  reason         text,
  planned_at     timestamptz not null,
  sent_at        timestamptz,
  confirmed_at   timestamptz,
  ended_at       timestamptz,
  primary key (biller_id, remittance_id),
  unique (biller_id, settlement_id, unit, attempt),
  constraint remittance_goes_from_an_account check (pays_from is not null or state = 'planned' and held = 'account'),
  constraint remittance_in_a_file check ((file_id is not null) = (state not in ('planned', 'approved')))
);
comment on column remittance.account_version is '0: there was no account to pay to';
comment on column remittance.reason is 'why it was returned or rejected, or why it is held, in words';
comment on column remittance.sent_at is 'when its order file was handed over';
create index remittance_by_file on remittance (file_id) where file_id is not null;
comment on column remittance.held is 'why a planned one may not go yet';
create index remittance_by_state on remittance (state, pays_from) where state in ('planned', 'approved', 'sent');

-- Every step of a remittance, with who took it and the ledger's journal.
create table remittance_step (
  biller_id     integer not null,
  remittance_id uuid not null,
  step_id       uuid not null,
  state         text not null,
  reason        text,
  journal_id    uuid,
  recorded_at   timestamptz not null,
  primary key (biller_id, remittance_id, step_id)
);
create trigger remittance_step_append_only before update or delete or truncate on remittance_step
  for each statement execute function refuse_change();

-- An order file to a bank: its bytes are made once and never again, so that whatever happens while it is handed over,
-- what goes is the same file under the same name and message id.
create table order_file (
  file_id     uuid primary key,
  account_id  smallint not null references bank_account,
  message_id  text not null unique,
  name        text not null unique,
  execute_on  date not null,
  transfers   integer not null,
  amount_minor bigint not null,
  currency    char(3) not null,
  bytes       bytea not null,
  sha256      bytea not null,
  state       text not null check (state in ('made', 'handed-over', 'accepted', 'rejected', 'partly')),
  attempts    integer not null default 0,
  next_try_at timestamptz,
  failure     text,
  made_at     timestamptz not null,
  offered_at  timestamptz,
  handed_over_at timestamptz
);
comment on column order_file.offered_at is 'from here on the file may lie under its name at the bank, or have been taken from there already';
alter table order_file alter column bytes set storage external;
create index order_file_waiting on order_file (made_at) where state = 'made';

-- Files read from banks (pain.002): raw bytes first, the same one twice is one.
create table bank_answer (
  answer_id   uuid primary key,
  account_id  smallint references bank_account,
  sha256      bytea not null unique,
  name        text not null,
  bytes       bytea not null,
  outcome     json,
  received_at timestamptz not null
);

-- Reports of a batch, made once after its close and never again.
create table settlement_document (
  biller_id     integer not null,
  settlement_id uuid not null,
  format        text not null check (format in ('json', 'csv', 'xlsx', 'pdf')),
  language      char(2) not null check (language in ('ar', 'fr', 'en')),
  bytes         bigint not null,
  sha256        bytea not null,
  made_at       timestamptz not null,
  primary key (biller_id, settlement_id, format, language)
);
create table settlement_document_chunk (
  biller_id     integer not null,
  settlement_id uuid not null,
  format        text not null,
  language      char(2) not null,
  chunk         integer not null,
  bytes         bytea not null,
  primary key (biller_id, settlement_id, format, language, chunk)
);
alter table settlement_document_chunk alter column bytes set storage external;
