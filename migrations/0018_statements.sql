-- A file from a bank as it came: raw bytes first, the same bytes twice are one file. What it says is read later, whole or
-- not at all.
create table statement_file (
  file_id     uuid primary key,
  sha256      bytea unique,
  name        text not null,
  source      text not null check (source in ('upload', 'command', 'folder', 'sftp')),
  bank_id     smallint references bank,
  account_id  smallint references bank_account,
  biller_id   integer references biller,
  state       text not null check (state in ('receiving', 'waiting', 'read', 'refused')),
  bytes       bigint not null default 0,
  statements  integer not null default 0,
  lines       integer not null default 0,
  fault       text,
  fault_place text,
  claim       uuid,
  received_at timestamptz not null,
  touched_at  timestamptz not null,
  done_at     timestamptz,
  constraint statement_file_is_known check (sha256 is not null or state in ('receiving', 'refused'))
);
comment on column statement_file.bank_id is 'who brought it, and whose mapping and encoding hold; null: nobody said';
comment on column statement_file.account_id is 'what it must be about, when whoever brought it said so';
comment on column statement_file.claim is 'who reads it: another takes it over when it has not been touched for long, and then this one writes no more';
create index statement_file_waiting on statement_file (received_at) where state in ('receiving', 'waiting');
create table statement_file_chunk (
  file_id uuid not null references statement_file,
  chunk   integer not null,
  bytes   bytea not null,
  primary key (file_id, chunk)
);
alter table statement_file_chunk alter column bytes set storage external;

-- What a bank says of one account over a time: of ours (account_id), or a biller's own (biller_id). In minor units, a
-- credit positive. continuity: how it follows the statement before it, told and not judged.
create table statement (
  statement_id  uuid primary key,
  file_id       uuid not null references statement_file,
  position      integer not null,
  account_id    smallint references bank_account,
  biller_id     integer references biller,
  form          text not null check (form in ('statement', 'notification')),
  reference     text not null,
  sequence      text,
  currency      char(3) not null,
  from_date     date,
  to_date       date,
  opening_minor bigint,
  closing_minor bigint,
  credits_minor bigint not null,
  debits_minor  bigint not null,
  lines         integer not null,
  continuity    text not null check (continuity in ('first', 'continues', 'gap', 'overlap', 'unknown')),
  state         text not null check (state in ('loading', 'read')),
  sifted_at     timestamptz,
  recorded_at   timestamptz not null,
  unique (file_id, position),
  constraint statement_is_of_one check ((account_id is null) <> (biller_id is null))
);
comment on column statement.sifted_at is 'since when its lines are known that another statement had said before; only then they are placed';
create index statement_by_account on statement (account_id, to_date) where account_id is not null;
create index statement_by_biller on statement (biller_id, to_date) where biller_id is not null;

-- outcome null: not placed yet. identity: SHA-256 of what makes the same booking the same line in two statements;
-- occurrence counts equal ones within a statement.
create table statement_line (
  statement_id    uuid not null references statement,
  line            integer not null,
  entry           integer not null,
  account_id      smallint,
  biller_id       integer,
  booked_on       date not null,
  booked_at       timestamptz,
  valued_on       date,
  currency        char(3) not null,
  amount_minor    bigint not null check (amount_minor <> 0),
  is_reversal     boolean not null,
  bank_reference  text,
  end_to_end_id   text,
  message_id      text,
  payment_info_id text,
  code            text,
  return_reason   text,
  counterparty    text,
  counterparty_account text,
  text            text not null,
  place           text not null,
  identity        bytea not null,
  occurrence      integer not null,
  outcome         text check (outcome in ('remittance', 'order-total', 'returned', 'channel', 'top-up', 'charge', 'direct',
                                         'deposit', 'suspense', 'repeated', 'reversed', 'other', 'break')),
  placed_at       timestamptz,
  primary key (statement_id, line),
  constraint statement_line_is_placed check ((outcome is null) = (placed_at is null))
);
comment on column statement_line.outcome is 'other: of a biller''s own account and none of our business; repeated: a statement before has said it';
create index statement_line_waiting on statement_line (statement_id, line) where outcome is null;
create index statement_line_identity on statement_line (identity);
create index statement_line_by_reference on statement_line (bank_reference) where bank_reference is not null;
create index statement_line_by_amount on statement_line (booked_on, amount_minor);

-- What a line was found to be: one row for each thing that it proves or moves. Append-only.
create table statement_match (
  statement_id uuid not null,
  line         integer not null,
  part         integer not null,
  kind         text not null,
  biller_id    integer not null,
  channel_id   integer,
  subject_id   uuid,
  subject_line integer,
  amount_minor bigint not null,
  journal_id   uuid,
  approval_id  uuid,
  recorded_at  timestamptz not null,
  primary key (statement_id, line, part)
);
comment on column statement_match.subject_id is 'the remittance, payment, or statement (with subject_line) that it is about';
create index statement_match_by_subject on statement_match (subject_id) where subject_id is not null;
-- A line is said again by one line, and taken back by one.
create unique index statement_match_once on statement_match (kind, subject_id, subject_line) where kind in ('claims', 'takes-back');
create trigger statement_match_append_only before update or delete or truncate on statement_match
  for each statement execute function refuse_change();

-- To propose what an unplaced line may be.
create index remittance_by_amount on remittance (pays_from, amount_minor);

-- How a bank's statements are read and fetched: encoding, CSV mapping, folder or SFTP.
alter table bank add column statements jsonb not null default '{}';

-- The account of a channel from which it pays, to know its transfers by.
create table channel_account (
  channel_id integer not null references channel,
  account    text not null,
  primary key (account)
);
comment on column channel_account.account is 'without spaces, upper case: an IBAN or the bank''s own number';

-- What a bank's folder at SFTP held when it was looked at: fetched once, and left there.
create table statement_fetched (
  bank_id     smallint not null references bank,
  name        text not null,
  size        bigint not null,
  modified_at timestamptz not null,
  file_id     uuid,
  fetched_at  timestamptz not null,
  primary key (bank_id, name, size, modified_at)
);
comment on column statement_fetched.file_id is 'null: it was too large, or no file';

-- What a channel has to credit to the biller itself for a closed date, and what of it the biller's statement has proved.
create table direct_due (
  biller_id     integer not null,
  channel_id    integer not null,
  business_date date not null,
  currency      char(3) not null,
  owed_minor    bigint not null,
  proved_minor  bigint not null default 0,
  due_on        date not null,
  recorded_at   timestamptz not null,
  primary key (biller_id, channel_id, business_date)
);
comment on column direct_due.due_on is 'when it is not proved after this day, it is a break';
create index direct_due_open on direct_due (biller_id, channel_id, business_date) where owed_minor <> proved_minor;
create table direct_due_through (
  biller_id     integer primary key references biller,
  business_date date not null
);

-- Payments of the route direct that a biller's own statement has proved: a channel's total of a date, or one payment.
create table direct_proof (
  biller_id     integer not null,
  channel_id    integer not null,
  business_date date not null,
  statement_id  uuid not null,
  line          integer not null,
  payment_id    uuid,
  currency      char(3) not null,
  amount_minor  bigint not null,
  journal_id    uuid not null,
  recorded_at   timestamptz not null,
  primary key (biller_id, channel_id, business_date, statement_id, line)
);
create unique index direct_proof_of_payment on direct_proof (biller_id, payment_id) where payment_id is not null;
create trigger direct_proof_append_only before update or delete or truncate on direct_proof
  for each statement execute function refuse_change();
alter table biller add column direct_proof_days smallint not null default 3 check (direct_proof_days between 0 and 60);
comment on column biller.direct_proof_days is 'its working days within which its statement must prove direct payments';
