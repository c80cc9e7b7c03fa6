-- Double entry. Keys lead with the biller (0 is the operator's own book); no foreign keys and no sequences on
-- the pay path: integrity is kept by the one statement that writes and proved by `wasit books` (ADR 4).
-- account_no = ISO 4217 number, two digits of account kind, five of channel: made by the program, the same anywhere.
create table account (
  biller_id  integer not null,
  account_no bigint not null,
  code       text not null,
  channel_id integer not null,
  currency   char(3) not null,
  primary key (biller_id, account_no)
);

create table journal (
  biller_id     integer not null,
  journal_id    uuid not null,
  kind          text not null,
  payment_id    uuid,
  business_date date not null,
  recorded_at   timestamptz not null,
  primary key (biller_id, journal_id)
);

-- A debit is positive, a credit negative; the postings of a journal add up to zero.
create table posting (
  biller_id    integer not null,
  journal_id   uuid not null,
  line         smallint not null,
  account_no   bigint not null,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (biller_id, journal_id, line)
);

-- A balance is the sum over lanes: each gateway process writes its own rows, so that they never wait for
-- each other on a hot account.
create table balance (
  biller_id    integer not null,
  account_no   bigint not null,
  lane         smallint not null,
  amount_minor bigint not null,
  primary key (biller_id, account_no, lane)
) with (fillfactor = 50);

create trigger journal_append_only before update or delete or truncate on journal
  for each statement execute function refuse_change();
create trigger posting_append_only before update or delete or truncate on posting
  for each statement execute function refuse_change();
