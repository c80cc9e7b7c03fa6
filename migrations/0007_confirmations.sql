-- Events on their way. An event is written with its row here, in the transaction that causes it; the relay takes the
-- row away when it gives the event its number (ADR 14). Ids lead with the time, so the newest stand together.
create table event_outbox (
  biller_id integer not null,
  event_id  uuid not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
create index event_outbox_by_id on event_outbox (event_id);

-- The feed of a biller: numbers without a gap, in the order of numbering, given after the commit. last_number moves
-- in the transaction that writes the rows.
create table event_feed_head (
  biller_id   integer primary key,
  last_number bigint not null default 0
) with (fillfactor = 50);
create table event_feed (
  biller_id integer not null,
  number    bigint not null,
  event_id  uuid not null,
  primary key (biller_id, number)
);

-- Where an agency wants its events. Secrets are sealed with the installation's key; the one before signs too until
-- previous_until. events: null is all.
create table webhook (
  biller_id       integer primary key references biller,
  url             text not null,
  sealed_secret   bytea not null,
  previous_secret bytea,
  previous_until  timestamptz,
  events          text[],
  batch           boolean not null default false,
  changed_at      timestamptz not null
);

-- How far an agency has been told: every event of its feed up to `delivered_number` is delivered, or in
-- `delivery_aside`. One worker at a time holds the lease. Failures: how often in a row nothing got through.
create table delivery (
  biller_id        integer primary key references biller,
  delivered_number bigint not null,
  failures         integer not null default 0,
  failing_since    timestamptz,
  last_failure     text,
  next_try_at      timestamptz,
  lease            uuid,
  leased_until     timestamptz
) with (fillfactor = 50);

-- When the feed was delivered, number by number: an event was delivered by the first row that reaches its number.
create table delivery_progress (
  biller_id        integer not null,
  delivered_number bigint not null,
  delivered_at     timestamptz not null,
  primary key (biller_id, delivered_number)
);

-- Events that the endpoint refused while it took others, those of the same bills behind them, and those sent again by
-- hand. `parked`: given up after three days, until somebody sends it again.
create table delivery_aside (
  biller_id    integer not null,
  event_id     uuid not null,
  number       bigint not null,
  state        text not null check (state in ('waiting', 'parked')),
  attempts     integer not null default 0,
  set_aside_at timestamptz not null,
  next_try_at  timestamptz not null,
  last_failure text,
  primary key (biller_id, event_id)
);
create index delivery_aside_in_order on delivery_aside (biller_id, state, number);

-- What an event that stands aside holds back: later events with the same key wait for it.
create table delivery_hold (
  biller_id integer not null,
  order_key text not null,
  number    bigint not null,
  event_id  uuid not null,
  primary key (biller_id, order_key, number, event_id)
);
create index delivery_hold_by_event on delivery_hold (biller_id, event_id);
