-- What a channel says of its business dates: day files as they came, every version kept, and what the one in force came
-- to. What matches is stored nowhere; what does not is a break of the day.
create table channel_file (
  channel_id    integer not null references channel,
  business_date date not null,
  file_id       uuid not null,
  version       integer,
  state         text not null check (state in ('receiving', 'loading', 'matched', 'failed')),
  format        text not null check (format in ('csv', 'ndjson')),
  compressed    boolean not null,
  bytes         bigint not null default 0,
  sha256        bytea,
  brought_by    text,
  lines         bigint,
  faults        json,
  received_at   timestamptz not null,
  touched_at    timestamptz not null,
  done_at       timestamptz,
  primary key (channel_id, business_date, file_id),
  unique (channel_id, business_date, version),
  constraint channel_file_is_whole check ((version is null) = (state = 'receiving') and (version is null) = (sha256 is null))
);
comment on column channel_file.version is 'in order of reception; given when the last byte is in';
comment on column channel_file.brought_by is 'who of the operator brought it for the channel; null: the channel itself';
comment on column channel_file.faults is 'the first of them, where the file failed: {line, field, detail}';
create index channel_file_receiving on channel_file (touched_at) where state = 'receiving';
create index channel_file_loading on channel_file (received_at) where state = 'loading';
create table channel_file_chunk (
  channel_id    integer not null,
  business_date date not null,
  file_id       uuid not null,
  chunk         integer not null,
  bytes         bytea not null,
  primary key (channel_id, business_date, file_id, chunk)
);
alter table channel_file_chunk alter column bytes set storage external;

-- A channel's day: which version is in force and what it came to. One worker at a time works on it; attempt tells them
-- apart and names its staging tables.
create table reconciliation_day (
  channel_id    integer not null references channel,
  business_date date not null,
  version       integer,
  is_final      boolean not null default false,
  totals        json,
  matched_at    timestamptz,
  balanced_at   timestamptz,
  match_again   boolean not null default false,
  attempt       integer not null default 0,
  is_claimed    boolean not null default false,
  touched_at    timestamptz not null,
  primary key (channel_id, business_date),
  constraint reconciliation_day_is_matched check ((version is null) = (totals is null) and (version is null) = (matched_at is null)),
  constraint reconciliation_day_balances check (balanced_at is null or is_final)
);
comment on column reconciliation_day.is_final is 'matched after every biller''s day was sealed';
comment on column reconciliation_day.touched_at is 'a sign of life of whoever has claimed it, by the database''s own clock';
create index reconciliation_day_unbalanced on reconciliation_day (business_date) where balanced_at is null;

-- Lines of files while they are matched: unlogged tables of one attempt each, made and dropped by it.
create schema staging;

create index break_by_reference on break (channel_id, reference) where reference is not null;
