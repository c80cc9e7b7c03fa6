-- How far the messages to payers have been planned along a biller's feed.
create table message_cursor (
  biller_id integer primary key references biller,
  number    bigint not null
) with (fillfactor = 50);

-- One message of one event to one address, for ever: the key is what makes it at most one. It is claimed (`sending`)
-- in a transaction of its own before it is sent. The address stands here in clear only until the message has its
-- last state; afterwards the keyed hash and what `message list` shows remain.
create table message (
  biller_id     integer not null,
  event_id      uuid not null,
  medium        text not null check (medium in ('sms', 'email')),
  address_hash  bytea not null,
  kind          text not null,
  language      text not null check (language in ('ar', 'fr', 'en')),
  address       text,
  shown_address text not null,
  facts         json not null,
  state         text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown', 'suppressed')),
  attempts      smallint not null default 0,
  failure       text,
  planned_at    timestamptz not null,
  next_try_at   timestamptz not null,
  give_up_at    timestamptz not null,
  claim         uuid,
  claimed_at    timestamptz,
  ended_at      timestamptz,
  primary key (biller_id, event_id, medium, address_hash),
  constraint message_forgets_its_address check ((address is not null) = (state in ('waiting', 'sending')))
);
comment on column message.facts is 'what the text says: bill numbers, amounts, receipt, instant';
create index message_waiting on message (biller_id, medium, next_try_at) where state = 'waiting';
create index message_oldest on message (medium, planned_at) where state = 'waiting';
create index message_sending on message (biller_id, claimed_at) where state = 'sending';

-- Texts of a biller's own, in the place of those that come with the program. subject: of e-mails only.
create table message_template (
  biller_id integer not null references biller,
  kind      text not null,
  medium    text not null check (medium in ('sms', 'email')),
  language  text not null check (language in ('ar', 'fr', 'en')),
  subject   text,
  body      text not null,
  primary key (biller_id, kind, medium, language),
  constraint message_template_has_its_subject check ((subject is not null) = (medium = 'email'))
);

-- Who does not want to be told. Only the keyed hash of the address: nobody can be called from this table.
create table message_opt_out (
  biller_id    integer not null references biller,
  medium       text not null check (medium in ('sms', 'email')),
  address_hash bytea not null,
  since        timestamptz not null,
  primary key (biller_id, medium, address_hash)
);
