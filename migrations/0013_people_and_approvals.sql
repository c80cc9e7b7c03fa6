-- Persons who sign in. An agency's see their biller only, a channel's their channel only, the operator's everything.
create table staff (
  staff_id      uuid primary key,
  login         text not null unique check (login ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'),
  name          text not null,
  role          text not null check (role in ('operator-admin', 'support', 'finance-officer', 'approver', 'channel-officer')),
  biller_id     integer references biller,
  channel_id    integer references channel,
  language      char(2) not null default 'en' check (language in ('ar', 'fr', 'en')),
  password_hash text not null,
  created_at    timestamptz not null default clock_timestamp(),
  disabled_at   timestamptz,
  constraint staff_belongs check (
    (role in ('operator-admin', 'support') and biller_id is null and channel_id is null)
    or (role in ('finance-officer', 'approver') and biller_id is not null and channel_id is null)
    or (role = 'channel-officer' and channel_id is not null and biller_id is null))
);
comment on column staff.password_hash is 'scrypt: parameters, salt and key';

-- A session is known by the SHA-256 of its token.
create table staff_session (
  token_hash bytea primary key,
  staff_id   uuid not null references staff,
  origin     text not null,
  created_at timestamptz not null default clock_timestamp(),
  seen_at    timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index staff_session_by_staff on staff_session (staff_id, created_at);

-- How many persons, one after the other, have to accept a request of a kind. Without a row: one, or two when the
-- system itself asks.
create table approval_rule (
  kind  text primary key,
  steps smallint not null check (steps between 1 and 5)
);

-- What somebody asks for and others decide. biller_id 0: the operator's own (a top-up). subject is what it is about,
-- content what would be done, as it was asked for.
create table approval (
  biller_id   integer not null,
  approval_id uuid not null,
  kind        text not null,
  subject     text not null,
  summary     text not null,
  content     jsonb not null,
  amount_minor bigint,
  currency    char(3),
  state       text not null check (state in ('open', 'returned', 'accepted', 'rejected', 'withdrawn')),
  steps       smallint not null check (steps between 1 and 5),
  step        smallint not null default 1,
  round       smallint not null default 1,
  asked_by    uuid references staff,
  asked_at    timestamptz not null,
  decided_at  timestamptz,
  reference   text not null,
  primary key (biller_id, approval_id),
  unique (biller_id, kind, reference)
);
comment on column approval.asked_by is 'null: the system asks';
comment on column approval.reference is 'whoever asks twice under one asks once';
create index approval_by_state on approval (biller_id, state, asked_at);

-- Everything that was said and decided about a request, in order. Append-only.
create table approval_step (
  biller_id   integer not null,
  approval_id uuid not null,
  step_id     uuid not null,
  round       smallint not null,
  step        smallint not null,
  staff_id    uuid references staff,
  action      text not null check (action in ('asked', 'accepted', 'rejected', 'returned', 'changed', 'withdrawn', 'commented', 'attached')),
  comment     text,
  recorded_at timestamptz not null,
  primary key (biller_id, approval_id, step_id)
);
create trigger approval_step_append_only before update or delete or truncate on approval_step
  for each statement execute function refuse_change();

create table approval_attachment (
  biller_id     integer not null,
  approval_id   uuid not null,
  attachment_id uuid not null,
  name          text not null,
  media_type    text not null,
  bytes         bytea not null,
  sha256        bytea not null,
  primary key (biller_id, approval_id, attachment_id)
);
alter table approval_attachment alter column bytes set storage external;
