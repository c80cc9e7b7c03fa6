-- A linked agency is asked for its bills at the moment they are wanted; a local one presents them beforehand.
alter table biller add column kind text not null default 'local' check (kind in ('local', 'linked'));

-- How a linked agency is asked. The row stays when the biller is local for a while.
create table biller_link (
  biller_id         integer primary key references biller,
  url               text not null,
  sealed_secret     bytea not null,
  deadline_ms       integer not null check (deadline_ms between 50 and 8000),
  fresh_for_seconds integer not null check (fresh_for_seconds between 0 and 86400),
  when_down         text not null check (when_down in ('stale', 'refuse')),
  notify            boolean not null
);
comment on column biller_link.notify is 'payments are told at {url}/payments, not at a webhook';
create trigger biller_link_touches after insert or update or delete on biller_link for each statement execute function touch_configuration();

-- The agency's last word on a bill that the link was asked for: the bill itself stands in `bill`. `unknown`: it has no
-- such bill, or did not name it among the open ones of its payer. asked_at is when the question left.
create table bill_snapshot (
  biller_id   integer not null,
  bill_number text not null,
  asked_at    timestamptz not null,
  said        text not null check (said in ('open', 'paid', 'cancelled', 'unknown')),
  paid_at     timestamptz,
  primary key (biller_id, bill_number)
) with (fillfactor = 70);

-- What the agency could not book of a payment, because it had been paid elsewhere: the money is the payer's credit.
create table rejection (
  biller_id     integer not null,
  rejection_id  uuid not null,
  payment_id    uuid not null,
  reference     text not null,
  reason        text not null check (reason in ('paid-elsewhere')),
  revision      integer not null,
  currency      char(3) not null,
  amount_minor  bigint not null check (amount_minor > 0),
  business_date date not null,
  recorded_at   timestamptz not null,
  primary key (biller_id, rejection_id)
);
create unique index rejection_by_reference on rejection (biller_id, reference);
comment on column rejection.reference is 'the agency''s name for it; an outcome of the link bears the event''s id';
create table rejected_bill (
  biller_id    integer not null,
  payment_id   uuid not null,
  bill_number  text not null,
  rejection_id uuid not null,
  payer_id     text not null,
  amount_minor bigint not null,
  paid_at      timestamptz,
  primary key (biller_id, payment_id, bill_number)
);
comment on column rejected_bill.paid_at is 'when it was paid elsewhere, as the agency says';

-- What the books cannot settle by themselves and a person has to look at.
create table break (
  biller_id    integer not null,
  break_id     uuid not null,
  kind         text not null check (kind in ('paid-elsewhere')),
  payment_id   uuid not null,
  bill_number  text not null,
  currency     char(3) not null,
  amount_minor bigint not null,
  state        text not null default 'open' check (state in ('open', 'closed')),
  opened_at    timestamptz not null,
  primary key (biller_id, break_id)
);
create index break_by_state on break (biller_id, state, opened_at);
