-- A payer's word that an agency may collect from his account. biller_id is the agency that asked for it, or for which his
-- bank did; opener: whose reference it is, 0 the agency's, else the channel's number. The account's number is sealed with
-- the installation's key; what is shown of it is masked.
create table mandate (
  biller_id       integer not null,
  mandate_id      uuid not null,
  reference       text not null,
  opened_by       text not null check (opened_by in ('agency', 'payer', 'bank')),
  opener          integer not null,
  channel_id      integer not null references channel,
  payer_id        text not null,
  payer_name      text not null,
  contact         jsonb,
  holder          text not null,
  sealed_account  bytea not null,
  shown_account   text not null,
  account_kind    text not null check (account_kind in ('iban', 'rib', 'national')),
  collect         text not null check (collect in ('due-date', 'days', 'demand')),
  collect_days    smallint[] not null default '{}',
  currency        char(3) not null,
  per_debit_minor bigint not null check (per_debit_minor > 0),
  per_month_minor bigint not null check (per_month_minor >= per_debit_minor),
  valid_from      date not null,
  valid_until     date check (valid_until >= valid_from),
  announce_days   smallint not null check (announce_days between 0 and 30),
  state           text not null check (state in ('draft', 'submitted', 'bank-validated', 'bank-refused', 'accepted', 'rejected',
                                                 'returned', 'suspended', 'cancelled', 'expired')),
  reason          text,
  bank_reference  text,
  approval_id     uuid,
  suspended_by    text[] not null default '{}' check (suspended_by <@ '{agency,payer,bank}'::text[]),
  revision        integer not null default 0,
  submissions     smallint not null default 0,
  fingerprint     jsonb not null,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  primary key (biller_id, mandate_id),
  unique (biller_id, opener, reference),
  constraint mandate_has_its_days check ((collect = 'days') = (collect_days <> '{}')),
  constraint mandate_is_held_by_somebody check ((state = 'suspended') <= (suspended_by <> '{}'))
);
comment on column mandate.reason is 'of its state, as it was told: why refused, rejected, returned, suspended, cancelled';
comment on column mandate.approval_id is 'of the agency''s decision that is asked for, or by which it was decided last';
comment on column mandate.suspended_by is 'those who hold it; each lifts his own';
comment on column mandate.revision is 'counts its events';
comment on column mandate.submissions is 'how often it went to the bank; 0: the bank has not seen it';
comment on column mandate.fingerprint is 'keyed hashes of what was sent under the reference, field by field';
create index mandate_in_order on mandate (mandate_id);
create index mandate_by_channel on mandate (channel_id, mandate_id);
create index mandate_by_payer on mandate (biller_id, payer_id);
create index mandate_waiting on mandate (channel_id, mandate_id) where state = 'submitted';
create index mandate_ending on mandate (biller_id, valid_until) where state in ('accepted', 'suspended') and valid_until is not null;

-- What may be collected under a mandate: a payer's number with a biller, its own first. units: empty is all. Each further
-- biller accepts by a request of its own.
create table mandate_cover (
  biller_id         integer not null references biller,
  mandate_biller_id integer not null,
  mandate_id        uuid not null,
  payer_id          text not null,
  units             text[] not null default '{}',
  state             text not null check (state in ('waiting', 'accepted', 'rejected')),
  approval_id       uuid,
  primary key (biller_id, mandate_biller_id, mandate_id, payer_id)
);
create index mandate_cover_by_payer on mandate_cover (biller_id, payer_id);
create index mandate_cover_by_mandate on mandate_cover (mandate_biller_id, mandate_id);

create table mandate_step (
  biller_id   integer not null,
  mandate_id  uuid not null,
  step_id     uuid not null,
  action      text not null check (action in ('created', 'changed', 'attached', 'submitted', 'bank-validated', 'bank-refused',
                                              'accepted', 'rejected', 'returned', 'suspended', 'resumed', 'cancelled', 'expired',
                                              'cover-accepted', 'cover-rejected')),
  state       text not null,
  side        text not null check (side in ('agency', 'payer', 'bank', 'system')),
  staff_id    uuid references staff,
  client      text,
  reason      text,
  content     jsonb,
  recorded_at timestamptz not null,
  primary key (biller_id, mandate_id, step_id)
);
comment on column mandate_step.state is 'after the step';
comment on column mandate_step.client is 'the code of the client that called with its key';
create trigger mandate_step_append_only before update or delete or truncate on mandate_step
  for each statement execute function refuse_change();

-- The signed form, sealed with the installation's key as the account is: the number stands on it. The newest counts.
create table mandate_form (
  biller_id    integer not null,
  mandate_id   uuid not null,
  form_id      uuid not null,
  name         text not null,
  media_type   text not null,
  size         integer not null,
  sealed_bytes bytea not null,
  sha256       bytea not null,
  primary key (biller_id, mandate_id, form_id)
);
alter table mandate_form alter column sealed_bytes set storage external;
create trigger mandate_form_append_only before update or delete or truncate on mandate_form
  for each statement execute function refuse_change();
