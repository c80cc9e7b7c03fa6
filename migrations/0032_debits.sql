-- How an agency collects from its payers' accounts. account_id: the operator's account whose bank takes the files; by the
-- route `direct` the agency's own account is the creditor, and that bank passes it on.
create table debit_terms (
  biller_id    integer primary key references biller,
  account_id   smallint not null references bank_account,
  scheme_id    text,
  over_ceiling text not null check (over_ceiling in ('split', 'hold')),
  retry_days   smallint[] not null check (cardinality(retry_days) <= 10 and 0 < all (retry_days)),
  method       text not null,
  paid_at      text not null check (paid_at in ('settled', 'accepted'))
);
comment on column debit_terms.scheme_id is 'the creditor''s identification with its banks; null: they know it by its account';
comment on column debit_terms.over_ceiling is 'what is more than one debit may be: several debits, or persons decide';
comment on column debit_terms.retry_days is 'after a refusal that may pass: how many days after the debit the next attempt is made, each once';
comment on column debit_terms.paid_at is 'which word of the bank pays the bills: that it has the money, or already that it accepts the debit';
comment on column debit_terms.method is 'of the agreement with the payer''s bank, which fees go by';

-- One collection from one payer's account for one agency, whatever number of bills. In minor units.
create table debit_order (
  biller_id         integer not null,
  debit_id          uuid not null,
  mandate_biller_id integer not null,
  mandate_id        uuid not null,
  payer_id          text not null,
  channel_id        integer not null references channel,
  cause             text not null check (cause in ('due-date', 'days', 'demand', 'retry')),
  reference         text,
  fingerprint       jsonb,
  attempt           smallint not null,
  retry_of          uuid,
  currency          char(3) not null,
  amount_minor      bigint not null check (amount_minor > 0),
  collect_on        date not null,
  send_on           date not null,
  state             text not null check (state in ('planned', 'held', 'built', 'sent', 'collected', 'failed', 'returned', 'dropped')),
  why               text,
  over              boolean not null default false,
  way               text check (way in ('file', 'api')),
  file_id           uuid,
  try_at            timestamptz,
  tries             smallint not null default 0,
  bank_reference    text,
  retry_on          date,
  approval_id       uuid,
  revision          integer not null default 1,
  planned_at        timestamptz not null,
  changed_at        timestamptz not null,
  primary key (biller_id, debit_id)
);
comment on column debit_order.reference is 'of POST /v1/debits; null: it was made by itself';
comment on column debit_order.send_on is 'when it has to be with the bank; moves with holidays until it is built';
comment on column debit_order.why is 'of its state: the reason of the bank, or held, dropped: a word of ours';
comment on column debit_order.over is 'persons let it go above the ceiling';
comment on column debit_order.way is 'by which it goes to the bank; null: it is not built';
comment on column debit_order.try_at is 'by the bank''s API: when it is called next; nobody else calls before';
comment on column debit_order.revision is 'counts its steps; its events bear it';
comment on column debit_order.retry_on is 'of a failed one that is tried again: when';
create unique index debit_order_reference on debit_order (biller_id, reference) where reference is not null;
create index debit_order_by_mandate on debit_order (mandate_biller_id, mandate_id, collect_on);
create index debit_order_by_payer on debit_order (biller_id, payer_id, debit_id);
create index debit_order_by_day on debit_order (biller_id, collect_on, debit_id);
create index debit_order_by_state on debit_order (biller_id, state, collect_on, debit_id)
  where state in ('held', 'failed', 'returned', 'dropped');
create index debit_order_by_bank on debit_order (channel_id, collect_on, debit_id) where way is not null;
create index debit_order_to_build on debit_order (biller_id, send_on) where state = 'planned';
create index debit_order_held on debit_order (biller_id, send_on) where state = 'held';
create index debit_order_built on debit_order (biller_id, collect_on) where state = 'built' and way = 'file' and file_id is null;
create index debit_order_to_call on debit_order (try_at) where state = 'built' and way = 'api';
create index debit_order_to_tell on debit_order (file_id) where state = 'built' and file_id is not null;
create index debit_order_by_file on debit_order (file_id) where file_id is not null;
create index debit_order_to_retry on debit_order (biller_id, retry_on) where retry_on is not null;
create unique index debit_order_retry_of on debit_order (biller_id, retry_of) where retry_of is not null;

-- What it collects. live: no other debit may collect this bill meanwhile.
create table debit_bill (
  biller_id    integer not null,
  debit_id     uuid not null,
  bill_number  text not null,
  due_on       date not null,
  owed_as_of   date not null,
  amount_minor bigint not null check (amount_minor > 0),
  bill_revision integer,
  live         boolean not null,
  outcome      text check (outcome in ('paid', 'credited', 'paid-elsewhere', 'withdrawn', 'failed', 'returned')),
  payment_id   uuid,
  primary key (biller_id, debit_id, bill_number)
);
comment on column debit_bill.owed_as_of is 'the day that the amount goes by: a day off that moved the debit makes no penalty';
comment on column debit_bill.bill_revision is 'the content of the bill that its amount was reckoned from, and fixed by when it was built; null: what is owed is looked at when it is paid';
create unique index debit_bill_live on debit_bill (biller_id, bill_number) where live;
create index debit_bill_by_bill on debit_bill (biller_id, bill_number);

create table debit_step (
  biller_id   integer not null,
  debit_id    uuid not null,
  step_id     uuid not null,
  state       text not null,
  why         text,
  text        text,
  actor       text not null,
  recorded_at timestamptz not null,
  primary key (biller_id, debit_id, step_id)
);
comment on column debit_step.text is 'as the bank says it';
create trigger debit_step_append_only before update or delete or truncate on debit_step
  for each statement execute function refuse_change();

-- What banks say of debits: by answers to files, by their API, by statements. Noted at once, in the order in which they come;
-- worked through in steps of their own. A word that says again what was said is not noted.
create table debit_word (
  biller_id      integer not null,
  debit_id       uuid not null,
  word_id        uuid not null,
  verdict        text not null check (verdict in ('accepted', 'settled', 'rejected', 'returned')),
  code           text,
  text           text,
  bank_reference text,
  source         text not null,
  said_at        timestamptz not null,
  booked_at      timestamptz,
  primary key (biller_id, debit_id, word_id)
);
comment on column debit_word.code is 'the bank''s reason, of a refusal or a return';
comment on column debit_word.source is 'where it stands: the message id of an order, api, or a line of a statement';
comment on column debit_word.booked_at is 'when what follows was done; null: it is to be done';
create index debit_word_to_book on debit_word (biller_id, word_id) where booked_at is null;
