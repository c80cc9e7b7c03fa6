-- What a resolution of a break moved: the journals that it made, or that a payment or reversal which it brought about
-- made. biller_id: whose book, 0 the operator's. suspense_minor: what went into that book's suspense, negative: came out.
create table break_journal (
  biller_id       integer not null,
  journal_id      uuid not null,
  break_biller_id integer not null,
  break_id        uuid not null,
  approval_id     uuid not null,
  resolution      text not null,
  currency        char(3) not null,
  suspense_minor  bigint not null default 0,
  payment_id      uuid,
  recorded_at     timestamptz not null,
  primary key (biller_id, journal_id)
);
create index break_journal_by_break on break_journal (break_biller_id, break_id);
create trigger break_journal_append_only before update or delete or truncate on break_journal
  for each statement execute function refuse_change();

alter table break_step add column approval_id uuid;
comment on column break_step.approval_id is 'the request that was asked for, declined or accepted';
comment on column break.approval_id is 'of the resolution that is asked for, or by which it was resolved last';
comment on column break.resolution is 'of those that hold, the last';
create index break_by_owner on break (owner) where owner is not null and state = 'open';

-- What somebody says against a payment: a channel (dispute), the desk for a payer who complains (case), or the operator
-- against a channel, from a break. biller_id is the payment's, 0 where there is none.
create table dispute (
  biller_id    integer not null,
  dispute_id   uuid not null,
  opened_by    text not null check (opened_by in ('channel', 'desk', 'break')),
  opener       integer not null,
  reference    text not null,
  case_number  text unique,
  channel_id   integer not null references channel,
  payment_id   uuid,
  break_id     uuid,
  reason       text not null,
  words        text not null,
  currency     char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  state        text not null check (state in ('opened', 'under-review', 'upheld', 'refused', 'closed', 'withdrawn')),
  outcome      text check (outcome in ('refund-to-credit', 'chargeback', 'uphold', 'refuse')),
  approval_id  uuid,
  reversal_id  uuid,
  journal_id   uuid,
  opened_at    timestamptz not null,
  due_at       timestamptz not null,
  decided_at   timestamptz,
  ended_at     timestamptz,
  primary key (biller_id, dispute_id),
  unique (opened_by, opener, reference),
  constraint dispute_is_about_something check (payment_id is not null or break_id is not null),
  constraint dispute_outcome_is_decided check ((outcome is null) = (decided_at is null)),
  constraint dispute_ends check ((state in ('closed', 'withdrawn')) = (ended_at is not null))
);
comment on column dispute.opener is 'whose reference it is: the channel''s number; 0: the operator';
comment on column dispute.amount_minor is 'what the payer handed over, the fee included; of a break what is at stake';
comment on column dispute.reversal_id is 'of the payment, by the outcome';
comment on column dispute.journal_id is 'that made the money the payer''s credit';
comment on column dispute.due_at is 'by when it is to be decided';
create index dispute_by_payment on dispute (biller_id, payment_id) where payment_id is not null;
create index dispute_by_channel on dispute (channel_id, dispute_id);
create index dispute_undecided on dispute (due_at) where decided_at is null and ended_at is null;

create table dispute_step (
  biller_id   integer not null,
  dispute_id  uuid not null,
  step_id     uuid not null,
  action      text not null check (action in ('opened', 'reviewed', 'commented', 'attached', 'asked', 'declined', 'upheld', 'refused', 'closed', 'withdrawn')),
  staff_id    uuid references staff,
  client      text,
  comment     text,
  content     jsonb,
  approval_id uuid,
  recorded_at timestamptz not null,
  primary key (biller_id, dispute_id, step_id)
);
comment on column dispute_step.client is 'the code of the client that called with its key';
create trigger dispute_step_append_only before update or delete or truncate on dispute_step
  for each statement execute function refuse_change();

create table dispute_evidence (
  biller_id   integer not null,
  dispute_id  uuid not null,
  evidence_id uuid not null,
  name        text not null,
  media_type  text not null,
  bytes       bytea not null,
  sha256      bytea not null,
  primary key (biller_id, dispute_id, evidence_id)
);
create trigger dispute_evidence_append_only before update or delete or truncate on dispute_evidence
  for each statement execute function refuse_change();

-- In how many working days of the biller what is decided; without a row 5.
create table dispute_rule (
  opened_by text primary key check (opened_by in ('channel', 'desk', 'break')),
  days      smallint not null check (days between 1 and 60)
);
