-- How the bank of payers is told of mandates and asked for debits. What it was linked by before stays in the row: debits
-- that were made for its API still go there.
create table bank_link (
  channel_id    integer primary key references channel,
  way           text not null check (way in ('api', 'files', 'none')),
  url           text,
  sealed_secret bytea,
  deadline_ms   integer not null check (deadline_ms between 100 and 30000),
  bank_id       smallint references bank,
  bic           text,
  constraint bank_link_has_its_url check ((url is null) = (sealed_secret is null) and (way <> 'api' or url is not null)),
  constraint bank_link_has_its_place check (way <> 'files' or bank_id is not null)
);
comment on column bank_link.way is 'api: it is called; files: into the place of bank_id; none: it looks what waits for it, and says so itself';
comment on column bank_link.bic is 'of the bank of payers, as orders to the operator''s banks name it; null: their accounts tell it';

-- A mandate on its way to the payer's bank: once for each time that it was submitted.
create table mandate_submission (
  biller_id      integer not null,
  mandate_id     uuid not null,
  submission     smallint not null,
  channel_id     integer not null references channel,
  state          text not null check (state in ('waiting', 'sent', 'answered', 'done')),
  file_id        uuid,
  try_at         timestamptz not null,
  tries          smallint not null default 0,
  failure        text,
  verdict        text check (verdict in ('validated', 'refused')),
  code           text,
  text           text,
  bank_reference text,
  changed_at     timestamptz not null,
  primary key (biller_id, mandate_id, submission),
  constraint mandate_submission_has_its_verdict check (state <> 'answered' or verdict is not null)
);
comment on column mandate_submission.state is 'answered: the bank''s word is noted and not worked through; done: nothing is waited for any more';
comment on column mandate_submission.try_at is 'when it is sent next; nobody else sends it before. Of the machine''s clock';
comment on column mandate_submission.failure is 'why the last attempt came to nothing';
comment on column mandate_submission.code is 'the bank''s reason, of a refusal; text: its words';
create index mandate_submission_waiting on mandate_submission (channel_id, try_at) where state = 'waiting';
create index mandate_submission_answered on mandate_submission (changed_at) where state = 'answered';
create index mandate_submission_by_file on mandate_submission (file_id) where file_id is not null;

insert into mandate_submission (biller_id, mandate_id, submission, channel_id, state, try_at, changed_at)
  select biller_id, mandate_id, submissions, channel_id, 'waiting', changed_at, changed_at from mandate where state = 'submitted';

comment on column order_file.kind is 'transfer: pays remittances; debit: collects from payers; mandate: tells payers'' banks of mandates';
