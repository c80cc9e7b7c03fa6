-- The demo's shift of business time: no row in production. See functions/business_now.sql.
create table demo_clock (
  only_row boolean primary key default true check (only_row),
  shift    interval not null
);

-- Revision of everything that gateways cache. Share-locked by every group of payments.
create table configuration (
  only_row boolean primary key default true check (only_row),
  revision bigint not null
);
insert into configuration (revision) values (1);

-- Every change by a person or a client: who, when, from where, before and after. Append-only.
create table audit_log (
  audit_id    uuid primary key,
  recorded_at timestamptz not null default clock_timestamp(),
  actor       text not null,
  origin      text not null,
  action      text not null,
  subject     text not null,
  before      jsonb,
  after       jsonb
);
create index audit_log_by_subject on audit_log (subject, recorded_at);
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();
