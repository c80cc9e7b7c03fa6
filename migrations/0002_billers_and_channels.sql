-- Agencies that are owed. biller_id is a small number: it leads every key of the tables that grow with payments.
create table biller (
  biller_id          integer primary key check (biller_id between 1 and 65535),
  code               text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
  name               jsonb not null,
  currency           char(3) not null,
  policy             text not null check (policy in ('exact', 'at-least', 'between')),
  time_zone          text not null,
  cut_off            text not null check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  weekend            smallint[] not null,
  penalty            jsonb not null default '[]',
  rounding           text not null default 'half-up' check (rounding in ('half-up', 'half-even', 'up', 'down')),
  due_moves_forward  boolean not null default false,
  reversal_minutes   integer not null default 30 check (reversal_minutes between 0 and 100000),
  quote_minutes      integer not null default 15 check (quote_minutes between 1 and 1440),
  remittance_days    integer not null default 2 check (remittance_days between 0 and 30)
);

create table holiday (
  biller_id integer not null references biller,
  on_date   date not null,
  name      text not null,
  state     text not null default 'confirmed' check (state in ('confirmed', 'tentative', 'struck')),
  primary key (biller_id, on_date)
);

-- The biller's tree of units (governorate, local unit, branch) and the services that it bills.
create table unit (
  biller_id integer not null references biller,
  code      text not null,
  parent    text,
  name      jsonb not null,
  primary key (biller_id, code),
  foreign key (biller_id, parent) references unit (biller_id, code)
);
create table service (
  biller_id   integer not null references biller,
  code        text not null,
  name        jsonb not null,
  budget_line text,
  primary key (biller_id, code)
);

-- One business date of one biller. Groups of payments share-lock the row whose date they carry; sealing takes
-- it exclusively, so nothing enters a day after its seal.
create table business_day (
  biller_id     integer not null references biller,
  business_date date not null,
  cut_off_at    timestamptz not null,
  sealed_at     timestamptz,
  primary key (biller_id, business_date)
);

-- Banks, agents, kiosks: who takes the payer's money. Limits are minor units by currency.
create table channel (
  channel_id        integer primary key check (channel_id between 1 and 99999),
  code              text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
  name              jsonb not null,
  kind              text not null check (kind in ('bank', 'agent', 'kiosk', 'atm', 'web', 'deposit')),
  status            text not null default 'active' check (status in ('active', 'suspended')),
  funding           text not null check (funding in ('postpaid', 'prefunded')),
  limit_per_payment jsonb not null default '{}',
  limit_per_day     jsonb not null default '{}',
  credit_limit      jsonb not null default '{}',
  sees_names        boolean not null default false,
  rate_limit        integer not null default 0 check (rate_limit >= 0)
);
comment on column channel.rate_limit is 'requests a second; 0: the installation''s default';

-- What a prefunded channel may still spend, or a credit-limited one may still take. A row exists only where a
-- float or a credit limit is in force. Slices: one holder today (ADR 3).
create table channel_position (
  channel_id      integer not null references channel,
  currency        char(3) not null,
  holder          smallint not null default 0,
  available_minor bigint not null,
  primary key (channel_id, currency, holder)
);

-- Accepted less reversed of a business date, kept only for channels with a limit per day.
create table channel_day (
  channel_id     integer not null references channel,
  currency       char(3) not null,
  business_date  date not null,
  accepted_minor bigint not null,
  primary key (channel_id, currency, business_date)
);

-- What biller and channel agreed: never changed, each change is a new version. Quotes name the instant whose
-- version holds.
create table agreement (
  biller_id   integer not null references biller,
  channel_id  integer not null references channel,
  version     integer not null,
  recorded_at timestamptz not null,
  terms       jsonb,
  primary key (biller_id, channel_id, version)
);
comment on column agreement.terms is 'null: the agreement has ended';

-- Keys of clients. A bearer key is kept as its SHA-256; an HMAC secret sealed with the installation's key.
create table client_key (
  key_id        text primary key,
  client_kind   text not null check (client_kind in ('channel', 'agency', 'operator')),
  biller_id     integer references biller,
  channel_id    integer references channel,
  algorithm     text not null check (algorithm in ('bearer', 'hmac-sha256', 'ed25519')),
  secret_hash   bytea,
  sealed_secret bytea,
  public_key    text,
  label         text not null default '',
  allowed_ips   text[] not null default '{}',
  created_at    timestamptz not null default clock_timestamp(),
  expires_at    timestamptz,
  revoked_at    timestamptz,
  constraint client_key_names_its_client check (
    (client_kind = 'channel' and channel_id is not null and biller_id is null)
    or (client_kind = 'agency' and biller_id is not null and channel_id is null)
    or (client_kind = 'operator' and biller_id is null and channel_id is null)),
  constraint client_key_has_its_secret check (
    (algorithm = 'bearer' and secret_hash is not null)
    or (algorithm = 'hmac-sha256' and sealed_secret is not null)
    or (algorithm = 'ed25519' and public_key is not null))
);

create trigger biller_touches after insert or update or delete on biller for each statement execute function touch_configuration();
create trigger holiday_touches after insert or update or delete on holiday for each statement execute function touch_configuration();
create trigger unit_touches after insert or update or delete on unit for each statement execute function touch_configuration();
create trigger service_touches after insert or update or delete on service for each statement execute function touch_configuration();
create trigger channel_touches after insert or update or delete on channel for each statement execute function touch_configuration();
create trigger agreement_touches after insert or update or delete on agreement for each statement execute function touch_configuration();
create trigger client_key_touches after insert or update or delete on client_key for each statement execute function touch_configuration();
