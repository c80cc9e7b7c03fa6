-- What two sides do not say alike, and what nobody could place: work for persons. biller_id 0: of no one biller. key says
-- what it is about, so that the same finding twice is one break.
alter table break
  drop constraint break_kind_check,
  drop constraint break_state_check,
  alter column payment_id drop not null,
  alter column bill_number drop not null,
  add column key           text,
  add column channel_id    integer,
  add column business_date date,
  add column reference     text,
  add column statement_id  uuid,
  add column line          integer,
  add column ours          jsonb,
  add column theirs        jsonb,
  add column owner         uuid references staff,
  add column approval_id   uuid,
  add column resolution    text,
  add column ended_at      timestamptz;
update break set key = format('paid-elsewhere:%s:%s', payment_id, bill_number), state = case state when 'closed' then 'resolved' else state end,
                 ended_at = case state when 'closed' then opened_at end;
alter table break
  alter column key set not null,
  add constraint break_key unique (biller_id, key),
  add constraint break_kind_check check (kind in (
    'paid-elsewhere', 'missing-here', 'missing-there', 'amount-differs', 'status-differs', 'duplicate-there',
    'wrong-day', 'not-credited', 'unplaced-line', 'doubtful-line', 'deposit-short', 'deposit-over',
    'deposit-already-paid', 'deposit-refused', 'unplaced-deposit', 'returned-late')),
  add constraint break_state_check check (state in ('open', 'resolved', 'gone')),
  add constraint break_ends check ((state = 'open') = (ended_at is null));
comment on column break.amount_minor is 'what is at stake, never negative';
comment on column break.approval_id is 'of the resolution that was asked for last';
comment on column break.state is 'gone: a later file of the channel, or what happened since, says it no more';
create index break_by_channel_day on break (channel_id, business_date) where channel_id is not null;
create index break_by_payment on break (biller_id, payment_id) where payment_id is not null;
create index break_by_line on break (statement_id, line) where statement_id is not null;

create table break_step (
  biller_id   integer not null,
  break_id    uuid not null,
  step_id     uuid not null,
  action      text not null check (action in ('opened', 'changed', 'assigned', 'commented', 'asked', 'declined', 'resolved', 'gone', 'reopened')),
  staff_id    uuid references staff,
  comment     text,
  content     jsonb,
  recorded_at timestamptz not null,
  primary key (biller_id, break_id, step_id)
);
create trigger break_step_append_only before update or delete or truncate on break_step
  for each statement execute function refuse_change();
