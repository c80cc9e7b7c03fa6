-- Money that a prefunded channel has paid in. One row per reference of the operator's: a repeated top-up is the
-- same top-up.
create table top_up (
  channel_id   integer not null references channel,
  reference    text not null,
  currency     char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  journal_id   uuid not null,
  recorded_at  timestamptz not null,
  primary key (channel_id, reference)
);
