-- A mandate that the agency or the payer has ended, and of which the payer's bank is to be told that it has.
create table mandate_cancellation (
  biller_id  integer not null,
  mandate_id uuid not null,
  channel_id integer not null references channel,
  state      text not null check (state in ('waiting', 'told')),
  try_at     timestamptz not null,
  tries      smallint not null default 0,
  failure    text,
  changed_at timestamptz not null,
  primary key (biller_id, mandate_id)
);
comment on column mandate_cancellation.state is 'waiting: for ever at a bank that is not called, which the agency tells by itself';
comment on column mandate_cancellation.try_at is 'when it is called next; nobody else calls before. Of the machine''s clock';
comment on column mandate_cancellation.failure is 'why the last attempt came to nothing';
create index mandate_cancellation_waiting on mandate_cancellation (channel_id, try_at) where state = 'waiting';
