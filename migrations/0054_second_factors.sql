-- The second factor of a person: the secret of his authenticator (RFC 6238), and codes for the day that he has lost it.
create table staff_factor (
  staff_id      uuid primary key references staff,
  sealed_secret bytea not null,
  created_at    timestamptz not null default clock_timestamp(),
  confirmed_at  timestamptz,
  last_step     bigint not null default 0
);
comment on column staff_factor.confirmed_at is 'null: shown, and not in force before a first code proves that he has it';
comment on column staff_factor.last_step is 'of the last code that was accepted: neither it nor an older one is accepted again';

create table staff_recovery_code (
  staff_id  uuid not null references staff,
  code_hash bytea not null,
  used_at   timestamptz,
  primary key (staff_id, code_hash)
);

-- Whom a sign-in provider (OpenID Connect) says somebody is.
alter table staff
  add column issuer text,
  add column subject text,
  add constraint staff_subject unique (issuer, subject),
  add constraint staff_bound_whole check ((issuer is null) = (subject is null));

alter table staff_session add column way text not null default 'password' check (way in ('password', 'provider'));
