-- From a date on another cut-off or time zone holds; before the first of them what the biller's row says. Days that
-- have a row keep the cut-off that they were given (0002), unless they have not begun when the change is recorded.
create table biller_cut_off (
  biller_id integer not null references biller,
  from_date date not null,
  time_zone text not null,
  cut_off   text not null check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  primary key (biller_id, from_date)
);

-- Revenue heads of a biller; bills, their lines and services name them by code. One without a row bears its code.
create table budget_line (
  biller_id integer not null references biller,
  code      text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$'),
  name      jsonb not null,
  primary key (biller_id, code)
);

-- The operator's banks, with their own working days. An order handed over after cut_off (local) is handled on the
-- bank's next working day; it credits the agency lead_days working days after the requested execution date.
create table bank (
  bank_id   smallint primary key check (bank_id between 1 and 9999),
  code      text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
  name      jsonb not null,
  bic       text,
  time_zone text not null,
  cut_off   text not null check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  lead_days smallint not null default 0 check (lead_days between 0 and 10),
  weekend   smallint[] not null,
  handover  jsonb not null,
  sealed_secret bytea
);
comment on column bank.handover is 'how order files reach it: {"way": "folder"} or {"way": "sftp", host, port, user, folder, hostKey …}';
comment on column bank.sealed_secret is 'password or private key of the SFTP account';

create table bank_holiday (
  bank_id smallint not null references bank,
  on_date date not null,
  name    text not null,
  state   text not null default 'confirmed' check (state in ('confirmed', 'tentative', 'struck')),
  primary key (bank_id, on_date)
);

-- The operator's own accounts, from which remittances go out and into which channels pay. account_id stands in the
-- place of the channel in the number of the ledger's account bank/<account>.
create table bank_account (
  account_id     smallint primary key check (account_id between 1 and 9999),
  code           text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
  bank_id        smallint not null references bank,
  currency       char(3) not null,
  holder         text not null,
  sealed_number  bytea not null,
  shown_number   text not null
);
comment on column bank_account.shown_number is 'masked, for lists and logs';

-- Where a biller's money goes: one account for the biller, and one for each unit that has its own (a unit without one
-- uses its nearest ancestor''s). Never changed: a change is a new version, so that sent remittances name what held.
create table remittance_account (
  biller_id     integer not null references biller,
  unit          text not null default '',
  version       integer not null,
  holder        text not null,
  bic           text,
  sealed_number bytea not null,
  shown_number  text not null,
  pays_from     smallint not null references bank_account,
  recorded_at   timestamptz not null default clock_timestamp(),
  ended_at      timestamptz,
  primary key (biller_id, unit, version)
);
comment on column remittance_account.unit is 'empty: of the biller itself';

alter table biller
  add column fees_settled text not null default 'gross' check (fees_settled in ('gross', 'net')),
  add column funding text not null default 'guaranteed' check (funding in ('guaranteed', 'collected')),
  add column approve_above_minor bigint not null default 0 check (approve_above_minor >= 0),
  add column credit_alarm_days smallint not null default 30 check (credit_alarm_days between 1 and 3650);
comment on column biller.fees_settled is 'gross: its fees are invoiced; net: set off at each close';
comment on column biller.funding is 'collected: a remittance leaves once the channels have provably paid';
comment on column biller.approve_above_minor is 'a remittance above it is approved by persons before it is sent';

create trigger biller_cut_off_touches after insert or update or delete on biller_cut_off for each statement execute function touch_configuration();
create trigger budget_line_touches after insert or update or delete on budget_line for each statement execute function touch_configuration();
