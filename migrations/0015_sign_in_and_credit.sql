-- Wrong passwords of a login, whether there is such a person or not: who asks learns nothing from the pauses. Written
-- before a password is looked at, so that guesses at the same instant count one by one. Kept for a day.
create table sign_in_attempt (
  login_hash   bytea primary key,
  attempts     smallint not null,
  last_at      timestamptz not null,
  locked_until timestamptz
);
create index sign_in_attempt_by_age on sign_in_attempt (last_at);

-- Since when a payer has had credit without a break: what the alarm on its age goes by.
alter table credit add column since timestamptz not null default clock_timestamp();

-- How a payer's credit left, each by decision of persons: applied to a bill (payment_id), remitted to the biller
-- (with a row of adjustment), or refunded to an account that was proven to be his.
create table credit_leaving (
  biller_id      integer not null,
  leaving_id     uuid not null,
  way            text not null check (way in ('applied', 'remitted', 'refunded')),
  payer_id       text not null,
  currency       char(3) not null,
  amount_minor   bigint not null check (amount_minor > 0),
  approval_id    uuid not null,
  journal_id     uuid not null,
  payment_id     uuid,
  holder         text,
  sealed_account bytea,
  shown_account  text,
  paid_from      smallint,
  business_date  date not null,
  recorded_at    timestamptz not null,
  primary key (biller_id, leaving_id),
  unique (biller_id, approval_id)
);
comment on column credit_leaving.paid_from is 'the operator''s bank account (bank_account.account_id), 0 where none was named';
create trigger credit_leaving_append_only before update or delete or truncate on credit_leaving
  for each statement execute function refuse_change();
