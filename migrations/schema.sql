-- The schema after every migration. Written by `npm run schema`; never edited.

create table absorbed_payment (
  biller_id integer not null,
  payment_id uuid not null,
  journal_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint absorbed_payment_pkey PRIMARY KEY (biller_id, payment_id)
);
CREATE TRIGGER absorbed_payment_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.absorbed_payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column absorbed_payment.journal_id is 'that books the loss';

create table account (
  biller_id integer not null,
  account_no bigint not null,
  code text not null,
  channel_id integer not null,
  currency character(3) not null,
  constraint account_pkey PRIMARY KEY (biller_id, account_no)
);

create table adjustment (
  biller_id integer not null,
  adjustment_id uuid not null,
  kind text not null,
  reason text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  payment_id uuid,
  unit text,
  service text,
  budget_line text,
  channel_id integer,
  approval_id uuid,
  journal_id uuid not null,
  business_date date not null,
  recorded_at timestamp with time zone not null,
  route text not null default 'via-operator'::text,
  constraint adjustment_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint adjustment_kind_check CHECK ((kind = ANY (ARRAY['correction'::text, 'credit-remitted'::text]))),
  constraint adjustment_pkey PRIMARY KEY (biller_id, adjustment_id),
  constraint adjustment_route_check CHECK ((route = ANY (ARRAY['via-operator'::text, 'direct'::text])))
);
CREATE INDEX adjustment_by_day ON public.adjustment USING btree (biller_id, business_date, adjustment_id);
comment on column adjustment.route is 'direct: the agency has it on its own account already';

create table agreement (
  biller_id integer not null,
  channel_id integer not null,
  version integer not null,
  recorded_at timestamp with time zone not null,
  terms jsonb,
  constraint agreement_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint agreement_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint agreement_pkey PRIMARY KEY (biller_id, channel_id, version)
);
CREATE TRIGGER agreement_touches AFTER INSERT OR DELETE OR UPDATE ON public.agreement FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();
comment on column agreement.terms is 'null: the agreement has ended';

create table approval (
  biller_id integer not null,
  approval_id uuid not null,
  kind text not null,
  subject text not null,
  summary text not null,
  content jsonb not null,
  amount_minor bigint,
  currency character(3),
  state text not null,
  steps smallint not null,
  step smallint not null default 1,
  round smallint not null default 1,
  asked_by uuid,
  asked_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  reference text not null,
  constraint approval_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES staff(staff_id),
  constraint approval_biller_id_kind_reference_key UNIQUE (biller_id, kind, reference),
  constraint approval_pkey PRIMARY KEY (biller_id, approval_id),
  constraint approval_state_check CHECK ((state = ANY (ARRAY['open'::text, 'returned'::text, 'accepted'::text, 'rejected'::text, 'withdrawn'::text]))),
  constraint approval_steps_check CHECK (((steps >= 1) AND (steps <= 5)))
);
CREATE INDEX approval_by_state ON public.approval USING btree (biller_id, state, asked_at);
comment on column approval.asked_by is 'null: the system asks';
comment on column approval.reference is 'whoever asks twice under one asks once';

create table approval_attachment (
  biller_id integer not null,
  approval_id uuid not null,
  attachment_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bytea not null,
  sha256 bytea not null,
  constraint approval_attachment_pkey PRIMARY KEY (biller_id, approval_id, attachment_id)
);

create table approval_rule (
  kind text not null,
  steps smallint not null,
  constraint approval_rule_pkey PRIMARY KEY (kind),
  constraint approval_rule_steps_check CHECK (((steps >= 1) AND (steps <= 5)))
);

create table approval_step (
  biller_id integer not null,
  approval_id uuid not null,
  step_id uuid not null,
  round smallint not null,
  step smallint not null,
  staff_id uuid,
  action text not null,
  comment text,
  recorded_at timestamp with time zone not null,
  constraint approval_step_action_check CHECK ((action = ANY (ARRAY['asked'::text, 'accepted'::text, 'rejected'::text, 'returned'::text, 'changed'::text, 'withdrawn'::text, 'commented'::text, 'attached'::text]))),
  constraint approval_step_pkey PRIMARY KEY (biller_id, approval_id, step_id),
  constraint approval_step_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
CREATE TRIGGER approval_step_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.approval_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table audit_log (
  audit_id uuid not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  actor text not null,
  origin text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  constraint audit_log_pkey PRIMARY KEY (audit_id)
);
CREATE INDEX audit_log_by_subject ON public.audit_log USING btree (subject, recorded_at);
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table balance (
  biller_id integer not null,
  account_no bigint not null,
  lane smallint not null,
  amount_minor bigint not null,
  constraint balance_pkey PRIMARY KEY (biller_id, account_no, lane)
) with (fillfactor=50);

create table bank (
  bank_id smallint not null,
  code text not null,
  name jsonb not null,
  bic text,
  time_zone text not null,
  cut_off text not null,
  lead_days smallint not null default 0,
  weekend smallint[] not null,
  handover jsonb not null,
  sealed_secret bytea,
  statements jsonb not null default '{}'::jsonb,
  answers jsonb not null default '{}'::jsonb,
  constraint bank_bank_id_check CHECK (((bank_id >= 1) AND (bank_id <= 9999))),
  constraint bank_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint bank_code_key UNIQUE (code),
  constraint bank_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint bank_lead_days_check CHECK (((lead_days >= 0) AND (lead_days <= 10))),
  constraint bank_pkey PRIMARY KEY (bank_id)
);
comment on column bank.answers is 'how its answers to orders are fetched (src/orders/answer-settings.ts)';
comment on column bank.handover is 'how order files reach it: {"way": "folder"} or {"way": "sftp", host, port, user, folder, hostKey …}';
comment on column bank.sealed_secret is 'password or private key of the SFTP account';

create table bank_account (
  account_id smallint not null,
  code text not null,
  bank_id smallint not null,
  currency character(3) not null,
  holder text not null,
  sealed_number bytea not null,
  shown_number text not null,
  constraint bank_account_account_id_check CHECK (((account_id >= 1) AND (account_id <= 9999))),
  constraint bank_account_bank_id_fkey FOREIGN KEY (bank_id) REFERENCES bank(bank_id),
  constraint bank_account_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint bank_account_code_key UNIQUE (code),
  constraint bank_account_pkey PRIMARY KEY (account_id)
);
comment on column bank_account.shown_number is 'masked, for lists and logs';

create table bank_answer (
  answer_id uuid not null,
  account_id smallint,
  sha256 bytea not null,
  name text not null,
  bytes bytea,
  outcome json,
  received_at timestamp with time zone not null,
  sealed_bytes bytea,
  constraint bank_answer_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(account_id),
  constraint bank_answer_is_whole CHECK ((num_nonnulls(bytes, sealed_bytes) = 1)),
  constraint bank_answer_pkey PRIMARY KEY (answer_id),
  constraint bank_answer_sha256_key UNIQUE (sha256)
);
CREATE INDEX bank_answer_clear ON public.bank_answer USING btree (answer_id) WHERE (bytes IS NOT NULL);
comment on column bank_answer.bytes is 'in clear, as a version before this wrote it, until the worker seals it';
comment on column bank_answer.sha256 is 'by which the same bytes are one answer: of a sealed one HMAC-SHA-256 under a key of the installation, for a plain digest would betray the accounts in it to whoever tries numbers';

create table bank_holiday (
  bank_id smallint not null,
  on_date date not null,
  name text not null,
  state text not null default 'confirmed'::text,
  constraint bank_holiday_bank_id_fkey FOREIGN KEY (bank_id) REFERENCES bank(bank_id),
  constraint bank_holiday_pkey PRIMARY KEY (bank_id, on_date),
  constraint bank_holiday_state_check CHECK ((state = ANY (ARRAY['confirmed'::text, 'tentative'::text, 'struck'::text])))
);

create table bank_link (
  channel_id integer not null,
  way text not null,
  url text,
  sealed_secret bytea,
  deadline_ms integer not null,
  bank_id smallint,
  bic text,
  constraint bank_link_bank_id_fkey FOREIGN KEY (bank_id) REFERENCES bank(bank_id),
  constraint bank_link_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint bank_link_deadline_ms_check CHECK (((deadline_ms >= 100) AND (deadline_ms <= 30000))),
  constraint bank_link_has_its_place CHECK (((way <> 'files'::text) OR (bank_id IS NOT NULL))),
  constraint bank_link_has_its_url CHECK ((((url IS NULL) = (sealed_secret IS NULL)) AND ((way <> 'api'::text) OR (url IS NOT NULL)))),
  constraint bank_link_pkey PRIMARY KEY (channel_id),
  constraint bank_link_way_check CHECK ((way = ANY (ARRAY['api'::text, 'files'::text, 'none'::text])))
);
comment on column bank_link.bic is 'of the bank of payers, as orders to the operator''s banks name it; null: their accounts tell it';
comment on column bank_link.way is 'api: it is called; files: into the place of bank_id; none: it looks what waits for it, and says so itself';

create table bill (
  biller_id integer not null,
  bill_number text not null,
  payer_id text not null,
  payer_name text not null,
  description text not null,
  status text not null default 'open'::text,
  amount_minor bigint,
  min_minor bigint,
  max_minor bigint,
  step_minor bigint,
  due_on date not null,
  expires_on date,
  version bigint,
  revision integer not null default 1,
  penalty jsonb,
  lines jsonb,
  budget_line text,
  unit text,
  service text,
  contact jsonb,
  content_hash bytea not null,
  payment_id uuid,
  received_at timestamp with time zone not null,
  constraint bill_amount_minor_check CHECK ((amount_minor > 0)),
  constraint bill_has_an_amount CHECK (((amount_minor IS NULL) = (min_minor IS NOT NULL))),
  constraint bill_pkey PRIMARY KEY (biller_id, bill_number),
  constraint bill_status_check CHECK ((status = ANY (ARRAY['open'::text, 'paid'::text, 'cancelled'::text])))
) with (fillfactor=88);
CREATE INDEX bill_by_payer ON public.bill USING btree (biller_id, payer_id, due_on, bill_number);
CREATE INDEX bill_by_written_number ON public.bill USING btree (upper((translate(bill_number, '._:/-'::text, ''::text) COLLATE "C")), biller_id);
CREATE INDEX bill_by_written_payer ON public.bill USING btree (upper((translate(payer_id, '._:/-'::text, ''::text) COLLATE "C")), biller_id, payer_id);

create table bill_file (
  biller_id integer not null,
  file_id uuid not null,
  state text not null,
  format text not null,
  compressed boolean not null,
  bytes bigint not null default 0,
  sha256 bytea,
  lines bigint not null default 0,
  created bigint not null default 0,
  replaced bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  failure text,
  received_at timestamp with time zone not null,
  touched_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint bill_file_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'ndjson'::text]))),
  constraint bill_file_pkey PRIMARY KEY (biller_id, file_id),
  constraint bill_file_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'loading'::text, 'done'::text, 'failed'::text])))
);

create table bill_file_chunk (
  biller_id integer not null,
  file_id uuid not null,
  chunk integer not null,
  bytes bytea not null,
  constraint bill_file_chunk_pkey PRIMARY KEY (biller_id, file_id, chunk)
);

create table bill_file_reject (
  biller_id integer not null,
  file_id uuid not null,
  line bigint not null,
  code text not null,
  field text not null,
  detail text not null,
  constraint bill_file_reject_pkey PRIMARY KEY (biller_id, file_id, line)
);

create table bill_history (
  biller_id integer not null,
  bill_number text not null,
  history_id uuid not null,
  reason text not null,
  content jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint bill_history_pkey PRIMARY KEY (biller_id, bill_number, history_id),
  constraint bill_history_reason_check CHECK ((reason = ANY (ARRAY['replaced'::text, 'cancelled'::text, 'reversed'::text, 'reopened'::text])))
);

create table bill_snapshot (
  biller_id integer not null,
  bill_number text not null,
  asked_at timestamp with time zone not null,
  said text not null,
  paid_at timestamp with time zone,
  constraint bill_snapshot_pkey PRIMARY KEY (biller_id, bill_number),
  constraint bill_snapshot_said_check CHECK ((said = ANY (ARRAY['open'::text, 'paid'::text, 'cancelled'::text, 'unknown'::text])))
) with (fillfactor=70);

create table biller (
  biller_id integer not null,
  code text not null,
  name jsonb not null,
  currency character(3) not null,
  policy text not null,
  time_zone text not null,
  cut_off text not null,
  weekend smallint[] not null,
  penalty jsonb not null default '[]'::jsonb,
  rounding text not null default 'half-up'::text,
  due_moves_forward boolean not null default false,
  reversal_minutes integer not null default 30,
  quote_minutes integer not null default 15,
  remittance_days integer not null default 2,
  kind text not null default 'local'::text,
  fees_settled text not null default 'gross'::text,
  funding text not null default 'guaranteed'::text,
  approve_above_minor bigint not null default 0,
  credit_alarm_days smallint not null default 30,
  direct_proof_days smallint not null default 3,
  constraint biller_approve_above_minor_check CHECK ((approve_above_minor >= 0)),
  constraint biller_biller_id_check CHECK (((biller_id >= 1) AND (biller_id <= 65535))),
  constraint biller_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint biller_code_key UNIQUE (code),
  constraint biller_credit_alarm_days_check CHECK (((credit_alarm_days >= 1) AND (credit_alarm_days <= 3650))),
  constraint biller_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint biller_direct_proof_days_check CHECK (((direct_proof_days >= 0) AND (direct_proof_days <= 60))),
  constraint biller_fees_settled_check CHECK ((fees_settled = ANY (ARRAY['gross'::text, 'net'::text]))),
  constraint biller_funding_check CHECK ((funding = ANY (ARRAY['guaranteed'::text, 'collected'::text]))),
  constraint biller_kind_check CHECK ((kind = ANY (ARRAY['local'::text, 'linked'::text]))),
  constraint biller_pkey PRIMARY KEY (biller_id),
  constraint biller_policy_check CHECK ((policy = ANY (ARRAY['exact'::text, 'at-least'::text, 'between'::text]))),
  constraint biller_quote_minutes_check CHECK (((quote_minutes >= 1) AND (quote_minutes <= 1440))),
  constraint biller_remittance_days_check CHECK (((remittance_days >= 0) AND (remittance_days <= 30))),
  constraint biller_reversal_minutes_check CHECK (((reversal_minutes >= 0) AND (reversal_minutes <= 100000))),
  constraint biller_rounding_check CHECK ((rounding = ANY (ARRAY['half-up'::text, 'half-even'::text, 'up'::text, 'down'::text])))
);
CREATE TRIGGER biller_touches AFTER INSERT OR DELETE OR UPDATE ON public.biller FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();
comment on column biller.approve_above_minor is 'a remittance above it is approved by persons before it is sent';
comment on column biller.direct_proof_days is 'its working days within which its statement must prove direct payments';
comment on column biller.fees_settled is 'gross: its fees are invoiced; net: set off at each close';
comment on column biller.funding is 'collected: a remittance leaves once the channels have provably paid';

create table biller_cut_off (
  biller_id integer not null,
  from_date date not null,
  time_zone text not null,
  cut_off text not null,
  constraint biller_cut_off_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint biller_cut_off_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint biller_cut_off_pkey PRIMARY KEY (biller_id, from_date)
);
CREATE TRIGGER biller_cut_off_touches AFTER INSERT OR DELETE OR UPDATE ON public.biller_cut_off FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();

create table biller_link (
  biller_id integer not null,
  url text not null,
  sealed_secret bytea not null,
  deadline_ms integer not null,
  fresh_for_seconds integer not null,
  when_down text not null,
  notify boolean not null,
  constraint biller_link_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint biller_link_deadline_ms_check CHECK (((deadline_ms >= 50) AND (deadline_ms <= 8000))),
  constraint biller_link_fresh_for_seconds_check CHECK (((fresh_for_seconds >= 0) AND (fresh_for_seconds <= 86400))),
  constraint biller_link_pkey PRIMARY KEY (biller_id),
  constraint biller_link_when_down_check CHECK ((when_down = ANY (ARRAY['stale'::text, 'refuse'::text])))
);
CREATE TRIGGER biller_link_touches AFTER INSERT OR DELETE OR UPDATE ON public.biller_link FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();
comment on column biller_link.notify is 'payments are told at {url}/payments, not at a webhook';

create table break (
  biller_id integer not null,
  break_id uuid not null,
  kind text not null,
  payment_id uuid,
  bill_number text,
  currency character(3) not null,
  amount_minor bigint not null,
  state text not null default 'open'::text,
  opened_at timestamp with time zone not null,
  key text not null,
  channel_id integer,
  business_date date,
  reference text,
  statement_id uuid,
  line integer,
  ours jsonb,
  theirs jsonb,
  owner uuid,
  approval_id uuid,
  resolution text,
  ended_at timestamp with time zone,
  constraint break_ends CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint break_key UNIQUE (biller_id, key),
  constraint break_kind_check CHECK ((kind = ANY (ARRAY['paid-elsewhere'::text, 'missing-here'::text, 'missing-there'::text, 'amount-differs'::text, 'status-differs'::text, 'duplicate-there'::text, 'wrong-day'::text, 'not-credited'::text, 'unplaced-line'::text, 'doubtful-line'::text, 'deposit-short'::text, 'deposit-already-paid'::text, 'deposit-refused'::text, 'unplaced-deposit'::text, 'returned-late'::text]))),
  constraint break_owner_fkey FOREIGN KEY (owner) REFERENCES staff(staff_id),
  constraint break_pkey PRIMARY KEY (biller_id, break_id),
  constraint break_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text, 'gone'::text])))
);
CREATE INDEX break_by_channel_day ON public.break USING btree (channel_id, business_date) WHERE (channel_id IS NOT NULL);
CREATE INDEX break_by_line ON public.break USING btree (statement_id, line) WHERE (statement_id IS NOT NULL);
CREATE INDEX break_by_owner ON public.break USING btree (owner) WHERE ((owner IS NOT NULL) AND (state = 'open'::text));
CREATE INDEX break_by_payment ON public.break USING btree (biller_id, payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX break_by_reference ON public.break USING btree (channel_id, reference) WHERE (reference IS NOT NULL);
CREATE INDEX break_by_state ON public.break USING btree (biller_id, state, opened_at);
CREATE INDEX break_of_debit ON public.break USING btree (((ours ->> 'debitId'::text))) WHERE ((ours ->> 'debitId'::text) IS NOT NULL);
CREATE INDEX break_paid_early ON public.break USING btree (biller_id, break_id) WHERE ((state = 'open'::text) AND (kind = 'unplaced-line'::text) AND ((ours ->> 'state'::text) = ANY (ARRAY['planned'::text, 'approved'::text])));
comment on column break.amount_minor is 'what is at stake, never negative';
comment on column break.approval_id is 'of the resolution that is asked for, or by which it was resolved last';
comment on column break.resolution is 'of those that hold, the last';
comment on column break.state is 'gone: a later file of the channel, or what happened since, says it no more';

create table break_journal (
  biller_id integer not null,
  journal_id uuid not null,
  break_biller_id integer not null,
  break_id uuid not null,
  approval_id uuid not null,
  resolution text not null,
  currency character(3) not null,
  suspense_minor bigint not null default 0,
  payment_id uuid,
  recorded_at timestamp with time zone not null,
  constraint break_journal_pkey PRIMARY KEY (biller_id, journal_id)
);
CREATE INDEX break_journal_by_break ON public.break_journal USING btree (break_biller_id, break_id);
CREATE TRIGGER break_journal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.break_journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table break_step (
  biller_id integer not null,
  break_id uuid not null,
  step_id uuid not null,
  action text not null,
  staff_id uuid,
  comment text,
  content jsonb,
  recorded_at timestamp with time zone not null,
  approval_id uuid,
  constraint break_step_action_check CHECK ((action = ANY (ARRAY['opened'::text, 'changed'::text, 'assigned'::text, 'commented'::text, 'asked'::text, 'declined'::text, 'resolved'::text, 'gone'::text, 'reopened'::text]))),
  constraint break_step_pkey PRIMARY KEY (biller_id, break_id, step_id),
  constraint break_step_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
CREATE TRIGGER break_step_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.break_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column break_step.approval_id is 'the request that was asked for, declined or accepted';

create table budget_line (
  biller_id integer not null,
  code text not null,
  name jsonb not null,
  constraint budget_line_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint budget_line_code_check CHECK ((code ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$'::text)),
  constraint budget_line_pkey PRIMARY KEY (biller_id, code)
);
CREATE TRIGGER budget_line_touches AFTER INSERT OR DELETE OR UPDATE ON public.budget_line FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();

create table business_day (
  biller_id integer not null,
  business_date date not null,
  cut_off_at timestamp with time zone not null,
  sealed_at timestamp with time zone,
  constraint business_day_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint business_day_pkey PRIMARY KEY (biller_id, business_date)
);

create table channel (
  channel_id integer not null,
  code text not null,
  name jsonb not null,
  kind text not null,
  status text not null default 'active'::text,
  funding text not null,
  limit_per_payment jsonb not null default '{}'::jsonb,
  limit_per_day jsonb not null default '{}'::jsonb,
  credit_limit jsonb not null default '{}'::jsonb,
  sees_names boolean not null default false,
  rate_limit integer not null default 0,
  owed_after_days smallint not null default 1,
  constraint channel_channel_id_check CHECK (((channel_id >= 1) AND (channel_id <= 99999))),
  constraint channel_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint channel_code_key UNIQUE (code),
  constraint channel_funding_check CHECK ((funding = ANY (ARRAY['postpaid'::text, 'prefunded'::text]))),
  constraint channel_kind_check CHECK ((kind = ANY (ARRAY['bank'::text, 'agent'::text, 'kiosk'::text, 'atm'::text, 'web'::text, 'deposit'::text]))),
  constraint channel_owed_after_days_check CHECK (((owed_after_days >= 0) AND (owed_after_days <= 60))),
  constraint channel_pkey PRIMARY KEY (channel_id),
  constraint channel_rate_limit_check CHECK ((rate_limit >= 0)),
  constraint channel_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);
CREATE TRIGGER channel_touches AFTER INSERT OR DELETE OR UPDATE ON public.channel FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();
comment on column channel.owed_after_days is 'm: working days of the biller from a business date to the day on which its total is owed';
comment on column channel.rate_limit is 'requests a second; 0: the installation''s default';

create table channel_account (
  channel_id integer not null,
  account text not null,
  constraint channel_account_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint channel_account_pkey PRIMARY KEY (account)
);
comment on column channel_account.account is 'without spaces, upper case: an IBAN or the bank''s own number';

create table channel_ahead (
  statement_id uuid not null,
  line integer not null,
  channel_id integer not null,
  currency character(3) not null,
  account_id smallint not null,
  left_minor bigint not null,
  recorded_at timestamp with time zone not null,
  constraint channel_ahead_left_minor_check CHECK ((left_minor > 0)),
  constraint channel_ahead_pkey PRIMARY KEY (statement_id, line, channel_id)
);
CREATE INDEX channel_ahead_by_channel ON public.channel_ahead USING btree (channel_id, currency);
comment on column channel_ahead.account_id is 'of the operator''s bank account that it came into';

create table channel_day (
  channel_id integer not null,
  currency character(3) not null,
  business_date date not null,
  accepted_minor bigint not null,
  constraint channel_day_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint channel_day_pkey PRIMARY KEY (channel_id, currency, business_date)
);

create table channel_due (
  biller_id integer not null,
  channel_id integer not null,
  business_date date not null,
  currency character(3) not null,
  collected_minor bigint not null,
  reversed_minor bigint not null,
  adjusted_minor bigint not null,
  owed_minor bigint not null,
  paid_minor bigint not null default 0,
  owed_after_days smallint not null,
  due_on date not null,
  recorded_at timestamp with time zone not null,
  constraint channel_due_adds_up CHECK ((owed_minor = ((collected_minor + reversed_minor) + adjusted_minor))),
  constraint channel_due_pkey PRIMARY KEY (biller_id, channel_id, business_date, currency)
);
CREATE INDEX channel_due_by_date ON public.channel_due USING btree (channel_id, business_date);
CREATE INDEX channel_due_in_order ON public.channel_due USING btree (channel_id, currency, due_on, business_date, biller_id);
CREATE INDEX channel_due_open ON public.channel_due USING btree (channel_id, currency, due_on, business_date, biller_id) WHERE (owed_minor <> paid_minor);
comment on column channel_due.adjusted_minor is 'everything but payments, their reversals on the day, and transfers of the channel';
comment on column channel_due.biller_id is '0: decided in the operator''s own book, business_date being the UTC day of its journals';
comment on column channel_due.due_on is 'moves with holidays that are declared or struck until it is paid';
comment on column channel_due.reversed_minor is 'signed as the ledger has it: below zero';

create table channel_due_through (
  biller_id integer not null,
  business_date date not null,
  constraint channel_due_through_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint channel_due_through_pkey PRIMARY KEY (biller_id)
);

create table channel_file (
  channel_id integer not null,
  business_date date not null,
  file_id uuid not null,
  version integer,
  state text not null,
  format text not null,
  compressed boolean not null,
  bytes bigint not null default 0,
  sha256 bytea,
  brought_by text,
  lines bigint,
  faults json,
  received_at timestamp with time zone not null,
  touched_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint channel_file_channel_id_business_date_version_key UNIQUE (channel_id, business_date, version),
  constraint channel_file_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint channel_file_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'ndjson'::text]))),
  constraint channel_file_is_whole CHECK ((((version IS NULL) = (state = 'receiving'::text)) AND ((version IS NULL) = (sha256 IS NULL)))),
  constraint channel_file_pkey PRIMARY KEY (channel_id, business_date, file_id),
  constraint channel_file_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'loading'::text, 'matched'::text, 'failed'::text])))
);
CREATE INDEX channel_file_loading ON public.channel_file USING btree (received_at) WHERE (state = 'loading'::text);
CREATE INDEX channel_file_receiving ON public.channel_file USING btree (touched_at) WHERE (state = 'receiving'::text);
comment on column channel_file.brought_by is 'who of the operator brought it for the channel; null: the channel itself';
comment on column channel_file.faults is 'the first of them, where the file failed: {line, field, detail}';
comment on column channel_file.version is 'in order of reception; given when the last byte is in';

create table channel_file_chunk (
  channel_id integer not null,
  business_date date not null,
  file_id uuid not null,
  chunk integer not null,
  bytes bytea not null,
  constraint channel_file_chunk_pkey PRIMARY KEY (channel_id, business_date, file_id, chunk)
);

create table channel_payment (
  statement_id uuid not null,
  line integer not null,
  part integer not null,
  biller_id integer not null,
  channel_id integer not null,
  business_date date,
  currency character(3) not null,
  amount_minor bigint not null,
  paid_on date not null,
  journal_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint channel_payment_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint channel_payment_is_of_a_due CHECK (((biller_id = 0) OR (business_date IS NOT NULL))),
  constraint channel_payment_pkey PRIMARY KEY (statement_id, line, part)
);
CREATE INDEX channel_payment_by_channel ON public.channel_payment USING btree (channel_id, currency, paid_on);
CREATE INDEX channel_payment_by_due ON public.channel_payment USING btree (biller_id, channel_id, business_date);
CREATE TRIGGER channel_payment_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.channel_payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column channel_payment.business_date is 'of the due that it pays, biller 0 the operator''s own; null: paid before anything was owed';
comment on column channel_payment.paid_on is 'the booking date of the line at the bank';

create table channel_position (
  channel_id integer not null,
  currency character(3) not null,
  holder smallint not null default 0,
  available_minor bigint not null,
  constraint channel_position_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint channel_position_pkey PRIMARY KEY (channel_id, currency, holder)
);

create table client_key (
  key_id text not null,
  client_kind text not null,
  biller_id integer,
  channel_id integer,
  algorithm text not null,
  secret_hash bytea,
  sealed_secret bytea,
  public_key text,
  label text not null default ''::text,
  allowed_ips text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint client_key_algorithm_check CHECK ((algorithm = ANY (ARRAY['bearer'::text, 'hmac-sha256'::text, 'ed25519'::text]))),
  constraint client_key_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint client_key_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint client_key_client_kind_check CHECK ((client_kind = ANY (ARRAY['channel'::text, 'agency'::text, 'operator'::text]))),
  constraint client_key_has_its_secret CHECK ((((algorithm = 'bearer'::text) AND (secret_hash IS NOT NULL)) OR ((algorithm = 'hmac-sha256'::text) AND (sealed_secret IS NOT NULL)) OR ((algorithm = 'ed25519'::text) AND (public_key IS NOT NULL)))),
  constraint client_key_names_its_client CHECK ((((client_kind = 'channel'::text) AND (channel_id IS NOT NULL) AND (biller_id IS NULL)) OR ((client_kind = 'agency'::text) AND (biller_id IS NOT NULL) AND (channel_id IS NULL)) OR ((client_kind = 'operator'::text) AND (biller_id IS NULL) AND (channel_id IS NULL)))),
  constraint client_key_pkey PRIMARY KEY (key_id)
);
CREATE TRIGGER client_key_touches AFTER INSERT OR DELETE OR UPDATE ON public.client_key FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();

create table configuration (
  only_row boolean not null default true,
  revision bigint not null,
  constraint configuration_only_row_check CHECK (only_row),
  constraint configuration_pkey PRIMARY KEY (only_row)
);

create table confirmation_tally (
  biller_id integer not null,
  number bigint not null,
  constraint confirmation_tally_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint confirmation_tally_pkey PRIMARY KEY (biller_id)
) with (fillfactor=50);

create table credit (
  biller_id integer not null,
  payer_id text not null,
  currency character(3) not null,
  available_minor bigint not null,
  since timestamp with time zone not null default clock_timestamp(),
  direct_minor bigint not null default 0,
  constraint credit_available_minor_check CHECK ((available_minor >= 0)),
  constraint credit_direct_minor_check CHECK (((direct_minor >= 0) AND (direct_minor <= available_minor))),
  constraint credit_pkey PRIMARY KEY (biller_id, payer_id, currency)
);
comment on column credit.direct_minor is 'what of available_minor lies on the agency''s own account';

create table credit_leaving (
  biller_id integer not null,
  leaving_id uuid not null,
  way text not null,
  payer_id text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  approval_id uuid not null,
  journal_id uuid not null,
  payment_id uuid,
  holder text,
  sealed_account bytea,
  shown_account text,
  paid_from smallint,
  business_date date not null,
  recorded_at timestamp with time zone not null,
  constraint credit_leaving_amount_minor_check CHECK ((amount_minor > 0)),
  constraint credit_leaving_biller_id_approval_id_key UNIQUE (biller_id, approval_id),
  constraint credit_leaving_pkey PRIMARY KEY (biller_id, leaving_id),
  constraint credit_leaving_way_check CHECK ((way = ANY (ARRAY['applied'::text, 'remitted'::text, 'refunded'::text])))
);
CREATE TRIGGER credit_leaving_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.credit_leaving FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column credit_leaving.paid_from is 'the operator''s bank account (bank_account.account_id), 0 where none was named';

create table debit_bill (
  biller_id integer not null,
  debit_id uuid not null,
  bill_number text not null,
  due_on date not null,
  owed_as_of date not null,
  amount_minor bigint not null,
  bill_revision integer,
  live boolean not null,
  outcome text,
  payment_id uuid,
  constraint debit_bill_amount_minor_check CHECK ((amount_minor > 0)),
  constraint debit_bill_outcome_check CHECK ((outcome = ANY (ARRAY['paid'::text, 'credited'::text, 'paid-elsewhere'::text, 'withdrawn'::text, 'failed'::text, 'returned'::text]))),
  constraint debit_bill_pkey PRIMARY KEY (biller_id, debit_id, bill_number)
);
CREATE INDEX debit_bill_by_bill ON public.debit_bill USING btree (biller_id, bill_number);
CREATE UNIQUE INDEX debit_bill_live ON public.debit_bill USING btree (biller_id, bill_number) WHERE live;
comment on column debit_bill.bill_revision is 'the content of the bill that its amount was reckoned from, and fixed by when it was built; null: what is owed is looked at when it is paid';
comment on column debit_bill.owed_as_of is 'the day that the amount goes by: a day off that moved the debit makes no penalty';

create table debit_order (
  biller_id integer not null,
  debit_id uuid not null,
  mandate_biller_id integer not null,
  mandate_id uuid not null,
  payer_id text not null,
  channel_id integer not null,
  cause text not null,
  reference text,
  fingerprint jsonb,
  attempt smallint not null,
  retry_of uuid,
  currency character(3) not null,
  amount_minor bigint not null,
  collect_on date not null,
  send_on date not null,
  state text not null,
  why text,
  over boolean not null default false,
  way text,
  file_id uuid,
  try_at timestamp with time zone,
  tries smallint not null default 0,
  bank_reference text,
  retry_on date,
  approval_id uuid,
  revision integer not null default 1,
  planned_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  creditor_route text,
  constraint debit_order_amount_minor_check CHECK ((amount_minor > 0)),
  constraint debit_order_cause_check CHECK ((cause = ANY (ARRAY['due-date'::text, 'days'::text, 'demand'::text, 'retry'::text]))),
  constraint debit_order_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint debit_order_creditor_route_check CHECK ((creditor_route = ANY (ARRAY['via-operator'::text, 'direct'::text]))),
  constraint debit_order_pkey PRIMARY KEY (biller_id, debit_id),
  constraint debit_order_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'held'::text, 'built'::text, 'sent'::text, 'collected'::text, 'failed'::text, 'returned'::text, 'dropped'::text]))),
  constraint debit_order_way_check CHECK ((way = ANY (ARRAY['file'::text, 'api'::text])))
);
CREATE INDEX debit_order_built ON public.debit_order USING btree (biller_id, collect_on) WHERE ((state = 'built'::text) AND (way = 'file'::text) AND (file_id IS NULL));
CREATE INDEX debit_order_by_bank ON public.debit_order USING btree (channel_id, collect_on, debit_id) WHERE (way IS NOT NULL);
CREATE INDEX debit_order_by_day ON public.debit_order USING btree (biller_id, collect_on, debit_id);
CREATE INDEX debit_order_by_file ON public.debit_order USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX debit_order_by_mandate ON public.debit_order USING btree (mandate_biller_id, mandate_id, collect_on);
CREATE INDEX debit_order_by_payer ON public.debit_order USING btree (biller_id, payer_id, debit_id);
CREATE INDEX debit_order_by_state ON public.debit_order USING btree (biller_id, state, collect_on, debit_id) WHERE (state = ANY (ARRAY['held'::text, 'failed'::text, 'returned'::text, 'dropped'::text]));
CREATE INDEX debit_order_held ON public.debit_order USING btree (biller_id, send_on) WHERE (state = 'held'::text);
CREATE UNIQUE INDEX debit_order_reference ON public.debit_order USING btree (biller_id, reference) WHERE (reference IS NOT NULL);
CREATE INDEX debit_order_retry_of ON public.debit_order USING btree (biller_id, retry_of) WHERE (retry_of IS NOT NULL);
CREATE INDEX debit_order_sent ON public.debit_order USING btree (biller_id, collect_on) WHERE (state = 'sent'::text);
CREATE INDEX debit_order_to_build ON public.debit_order USING btree (biller_id, send_on, debit_id) WHERE (state = 'planned'::text);
CREATE INDEX debit_order_to_call ON public.debit_order USING btree (try_at) WHERE ((state = 'built'::text) AND (way = 'api'::text));
CREATE INDEX debit_order_to_retry ON public.debit_order USING btree (biller_id, retry_on) WHERE (retry_on IS NOT NULL);
CREATE INDEX debit_order_to_tell ON public.debit_order USING btree (file_id) WHERE ((state = 'built'::text) AND (file_id IS NOT NULL));
comment on column debit_order.creditor_route is 'by the bank''s API: whose account its first call named; null: it was not called, or by a version before';
comment on column debit_order.over is 'persons let it go above the ceiling';
comment on column debit_order.payer_id is 'by the number that its agency knows; of several that the mandate covers, the first';
comment on column debit_order.reference is 'of POST /v1/debits; null: it was made by itself';
comment on column debit_order.retry_on is 'of a failed one that is tried again: when';
comment on column debit_order.revision is 'counts its steps; its events bear it';
comment on column debit_order.send_on is 'when it has to be with the bank; moves with holidays until it is built';
comment on column debit_order.try_at is 'by the bank''s API: when it is called next; nobody else calls before';
comment on column debit_order.way is 'by which it goes to the bank; null: it is not built';
comment on column debit_order.why is 'of its state: the reason of the bank, or held, dropped: a word of ours';

create table debit_step (
  biller_id integer not null,
  debit_id uuid not null,
  step_id uuid not null,
  state text not null,
  why text,
  text text,
  actor text not null,
  recorded_at timestamp with time zone not null,
  constraint debit_step_pkey PRIMARY KEY (biller_id, debit_id, step_id)
);
CREATE TRIGGER debit_step_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.debit_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column debit_step.text is 'as the bank says it';

create table debit_terms (
  biller_id integer not null,
  account_id smallint not null,
  scheme_id text,
  over_ceiling text not null,
  retry_days smallint[] not null,
  method text not null,
  paid_at text not null,
  planned_at timestamp with time zone,
  constraint debit_terms_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(account_id),
  constraint debit_terms_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint debit_terms_over_ceiling_check CHECK ((over_ceiling = ANY (ARRAY['split'::text, 'hold'::text]))),
  constraint debit_terms_paid_at_check CHECK ((paid_at = ANY (ARRAY['settled'::text, 'accepted'::text]))),
  constraint debit_terms_pkey PRIMARY KEY (biller_id),
  constraint debit_terms_retry_days_check CHECK (((cardinality(retry_days) <= 10) AND (0 < ALL (retry_days))))
);
comment on column debit_terms.method is 'of the agreement with the payer''s bank, which fees go by';
comment on column debit_terms.over_ceiling is 'what is more than one debit may be: several debits, or persons decide';
comment on column debit_terms.paid_at is 'which word of the bank pays the bills: that it has the money, or already that it accepts the debit';
comment on column debit_terms.planned_at is 'when the last planning began that came to its end; what was known by then is owed as of the day that was meant';
comment on column debit_terms.retry_days is 'after a refusal that may pass: how many days after the debit the next attempt is made, each once';
comment on column debit_terms.scheme_id is 'the creditor''s identification with its banks; null: they know it by its account';

create table debit_word (
  biller_id integer not null,
  debit_id uuid not null,
  word_id uuid not null,
  verdict text not null,
  code text,
  text text,
  bank_reference text,
  source text not null,
  said_at timestamp with time zone not null,
  booked_at timestamp with time zone,
  approval_id uuid,
  asked smallint not null default 0,
  constraint debit_word_pkey PRIMARY KEY (biller_id, debit_id, word_id),
  constraint debit_word_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'settled'::text, 'rejected'::text, 'returned'::text])))
);
CREATE INDEX debit_word_to_book ON public.debit_word USING btree (biller_id, word_id) WHERE (booked_at IS NULL);
comment on column debit_word.approval_id is 'the last request by which persons decide about it; null: nobody had to be asked';
comment on column debit_word.asked is 'how often they were asked';
comment on column debit_word.booked_at is 'when what follows was done; null: it is to be done';
comment on column debit_word.code is 'the bank''s reason, of a refusal or a return';
comment on column debit_word.source is 'where it stands: the message id of an order, api, or a line of a statement';

create table delivery (
  biller_id integer not null,
  delivered_number bigint not null,
  failures integer not null default 0,
  failing_since timestamp with time zone,
  last_failure text,
  next_try_at timestamp with time zone,
  lease uuid,
  leased_until timestamp with time zone,
  constraint delivery_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint delivery_pkey PRIMARY KEY (biller_id)
) with (fillfactor=50);

create table delivery_aside (
  biller_id integer not null,
  event_id uuid not null,
  number bigint not null,
  state text not null,
  attempts integer not null default 0,
  set_aside_at timestamp with time zone not null,
  next_try_at timestamp with time zone not null,
  last_failure text,
  constraint delivery_aside_pkey PRIMARY KEY (biller_id, event_id),
  constraint delivery_aside_state_check CHECK ((state = ANY (ARRAY['aside'::text, 'parked'::text])))
);
CREATE INDEX delivery_aside_in_order ON public.delivery_aside USING btree (biller_id, state, number);

create table delivery_hold (
  biller_id integer not null,
  order_key text not null,
  number bigint not null,
  event_id uuid not null,
  constraint delivery_hold_pkey PRIMARY KEY (biller_id, order_key, number, event_id)
);
CREATE INDEX delivery_hold_by_event ON public.delivery_hold USING btree (biller_id, event_id);

create table delivery_progress (
  biller_id integer not null,
  delivered_number bigint not null,
  delivered_at timestamp with time zone not null,
  constraint delivery_progress_pkey PRIMARY KEY (biller_id, delivered_number)
);

create table demo_clock (
  only_row boolean not null default true,
  shift interval not null,
  constraint demo_clock_only_row_check CHECK (only_row),
  constraint demo_clock_pkey PRIMARY KEY (only_row)
);

create table direct_due (
  biller_id integer not null,
  channel_id integer not null,
  business_date date not null,
  currency character(3) not null,
  owed_minor bigint not null,
  proved_minor bigint not null default 0,
  due_on date not null,
  recorded_at timestamp with time zone not null,
  constraint direct_due_pkey PRIMARY KEY (biller_id, channel_id, business_date)
);
CREATE INDEX direct_due_open ON public.direct_due USING btree (biller_id, channel_id, business_date) WHERE (owed_minor <> proved_minor);
comment on column direct_due.due_on is 'when it is not proved after this day, it is a break';

create table direct_due_through (
  biller_id integer not null,
  business_date date not null,
  constraint direct_due_through_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint direct_due_through_pkey PRIMARY KEY (biller_id)
);

create table direct_proof (
  biller_id integer not null,
  channel_id integer not null,
  business_date date not null,
  statement_id uuid not null,
  line integer not null,
  payment_id uuid,
  currency character(3) not null,
  amount_minor bigint not null,
  journal_id uuid not null,
  recorded_at timestamp with time zone not null
);
CREATE UNIQUE INDEX direct_proof_of_payment ON public.direct_proof USING btree (biller_id, payment_id) WHERE (payment_id IS NOT NULL);
CREATE UNIQUE INDEX direct_proof_once ON public.direct_proof USING btree (biller_id, channel_id, business_date, statement_id, line, payment_id) NULLS NOT DISTINCT;
CREATE TRIGGER direct_proof_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.direct_proof FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table dispute (
  biller_id integer not null,
  dispute_id uuid not null,
  opened_by text not null,
  opener integer not null,
  reference text not null,
  case_number text,
  channel_id integer not null,
  payment_id uuid,
  break_id uuid,
  reason text not null,
  words text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  state text not null,
  outcome text,
  approval_id uuid,
  reversal_id uuid,
  journal_id uuid,
  opened_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint dispute_amount_minor_check CHECK ((amount_minor > 0)),
  constraint dispute_case_number_key UNIQUE (case_number),
  constraint dispute_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint dispute_ends CHECK (((state = ANY (ARRAY['closed'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL))),
  constraint dispute_is_about_something CHECK (((payment_id IS NOT NULL) OR (break_id IS NOT NULL))),
  constraint dispute_opened_by_check CHECK ((opened_by = ANY (ARRAY['channel'::text, 'desk'::text, 'break'::text]))),
  constraint dispute_opened_by_opener_reference_key UNIQUE (opened_by, opener, reference),
  constraint dispute_outcome_check CHECK ((outcome = ANY (ARRAY['refund-to-credit'::text, 'chargeback'::text, 'absorb'::text, 'uphold'::text, 'refuse'::text]))),
  constraint dispute_outcome_is_decided CHECK (((outcome IS NULL) = (decided_at IS NULL))),
  constraint dispute_pkey PRIMARY KEY (biller_id, dispute_id),
  constraint dispute_state_check CHECK ((state = ANY (ARRAY['opened'::text, 'under-review'::text, 'upheld'::text, 'refused'::text, 'closed'::text, 'withdrawn'::text])))
);
CREATE INDEX dispute_by_channel ON public.dispute USING btree (channel_id, dispute_id);
CREATE INDEX dispute_by_payment ON public.dispute USING btree (biller_id, payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX dispute_undecided ON public.dispute USING btree (due_at) WHERE ((decided_at IS NULL) AND (ended_at IS NULL));
comment on column dispute.amount_minor is 'what the payer handed over, the fee included; of a break what is at stake';
comment on column dispute.due_at is 'by when it is to be decided';
comment on column dispute.journal_id is 'that made the money the payer''s credit, or the operator''s loss';
comment on column dispute.opener is 'whose reference it is: the channel''s number; 0: the operator';
comment on column dispute.reversal_id is 'of the payment, by the outcome';

create table dispute_evidence (
  biller_id integer not null,
  dispute_id uuid not null,
  evidence_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bytea not null,
  sha256 bytea not null,
  constraint dispute_evidence_pkey PRIMARY KEY (biller_id, dispute_id, evidence_id)
);
CREATE TRIGGER dispute_evidence_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.dispute_evidence FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table dispute_rule (
  opened_by text not null,
  days smallint not null,
  constraint dispute_rule_days_check CHECK (((days >= 1) AND (days <= 60))),
  constraint dispute_rule_opened_by_check CHECK ((opened_by = ANY (ARRAY['channel'::text, 'desk'::text, 'break'::text]))),
  constraint dispute_rule_pkey PRIMARY KEY (opened_by)
);

create table dispute_step (
  biller_id integer not null,
  dispute_id uuid not null,
  step_id uuid not null,
  action text not null,
  staff_id uuid,
  client text,
  comment text,
  content jsonb,
  approval_id uuid,
  recorded_at timestamp with time zone not null,
  constraint dispute_step_action_check CHECK ((action = ANY (ARRAY['opened'::text, 'reviewed'::text, 'commented'::text, 'attached'::text, 'asked'::text, 'declined'::text, 'upheld'::text, 'refused'::text, 'closed'::text, 'withdrawn'::text]))),
  constraint dispute_step_pkey PRIMARY KEY (biller_id, dispute_id, step_id),
  constraint dispute_step_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
CREATE TRIGGER dispute_step_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.dispute_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column dispute_step.client is 'the code of the client that called with its key';

create table event (
  biller_id integer not null,
  event_id uuid not null,
  type text not null,
  subject text not null,
  revision integer not null,
  payload json not null,
  recorded_at timestamp with time zone not null,
  constraint event_pkey PRIMARY KEY (biller_id, event_id)
);
CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table event_feed (
  biller_id integer not null,
  number bigint not null,
  event_id uuid not null,
  for_payers boolean default true,
  constraint event_feed_pkey PRIMARY KEY (biller_id, number)
);

create table event_feed_head (
  biller_id integer not null,
  last_number bigint not null default 0,
  constraint event_feed_head_pkey PRIMARY KEY (biller_id)
) with (fillfactor=50);

create table event_outbox (
  biller_id integer not null,
  event_id uuid not null,
  for_payers boolean default true
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=20000);
CREATE INDEX event_outbox_by_id ON public.event_outbox USING btree (event_id);

create table gateway_hour (
  hour timestamp with time zone not null,
  minutes bit(60) not null,
  constraint gateway_hour_pkey PRIMARY KEY (hour)
) with (fillfactor=70);

create table holiday (
  biller_id integer not null,
  on_date date not null,
  name text not null,
  state text not null default 'confirmed'::text,
  constraint holiday_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint holiday_pkey PRIMARY KEY (biller_id, on_date),
  constraint holiday_state_check CHECK ((state = ANY (ARRAY['confirmed'::text, 'tentative'::text, 'struck'::text])))
);
CREATE TRIGGER holiday_touches AFTER INSERT OR DELETE OR UPDATE ON public.holiday FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();

create table journal (
  biller_id integer not null,
  journal_id uuid not null,
  kind text not null,
  payment_id uuid,
  business_date date not null,
  recorded_at timestamp with time zone not null,
  constraint journal_pkey PRIMARY KEY (biller_id, journal_id)
);
CREATE INDEX journal_by_day ON public.journal USING btree (biller_id, business_date, kind);
CREATE TRIGGER journal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table mandate (
  biller_id integer not null,
  mandate_id uuid not null,
  reference text not null,
  opened_by text not null,
  opener integer not null,
  channel_id integer not null,
  payer_id text not null,
  payer_name text not null,
  contact jsonb,
  holder text not null,
  sealed_account bytea not null,
  shown_account text not null,
  account_kind text not null,
  collect text not null,
  collect_days smallint[] not null default '{}'::smallint[],
  currency character(3) not null,
  per_debit_minor bigint not null,
  per_month_minor bigint not null,
  valid_from date not null,
  valid_until date,
  announce_days smallint not null,
  state text not null,
  reason text,
  bank_reference text,
  approval_id uuid,
  suspended_by text[] not null default '{}'::text[],
  revision integer not null default 0,
  submissions smallint not null default 0,
  fingerprint jsonb not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint mandate_account_kind_check CHECK ((account_kind = ANY (ARRAY['iban'::text, 'rib'::text, 'national'::text]))),
  constraint mandate_announce_days_check CHECK (((announce_days >= 0) AND (announce_days <= 30))),
  constraint mandate_biller_id_opener_reference_key UNIQUE (biller_id, opener, reference),
  constraint mandate_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint mandate_check CHECK ((per_month_minor >= per_debit_minor)),
  constraint mandate_check1 CHECK ((valid_until >= valid_from)),
  constraint mandate_collect_check CHECK ((collect = ANY (ARRAY['due-date'::text, 'days'::text, 'demand'::text]))),
  constraint mandate_has_its_days CHECK (((collect = 'days'::text) = (collect_days <> '{}'::smallint[]))),
  constraint mandate_is_held_by_somebody CHECK (((state = 'suspended'::text) <= (suspended_by <> '{}'::text[]))),
  constraint mandate_opened_by_check CHECK ((opened_by = ANY (ARRAY['agency'::text, 'payer'::text, 'bank'::text]))),
  constraint mandate_per_debit_minor_check CHECK ((per_debit_minor > 0)),
  constraint mandate_pkey PRIMARY KEY (biller_id, mandate_id),
  constraint mandate_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'bank-validated'::text, 'bank-refused'::text, 'accepted'::text, 'rejected'::text, 'returned'::text, 'suspended'::text, 'cancelled'::text, 'expired'::text]))),
  constraint mandate_suspended_by_check CHECK ((suspended_by <@ '{agency,payer,bank}'::text[]))
);
CREATE INDEX mandate_by_channel ON public.mandate USING btree (channel_id, mandate_id);
CREATE INDEX mandate_by_payer ON public.mandate USING btree (biller_id, payer_id);
CREATE INDEX mandate_ending ON public.mandate USING btree (biller_id, valid_until) WHERE ((state = ANY (ARRAY['accepted'::text, 'suspended'::text])) AND (valid_until IS NOT NULL));
CREATE INDEX mandate_in_order ON public.mandate USING btree (mandate_id);
CREATE INDEX mandate_waiting ON public.mandate USING btree (channel_id, mandate_id) WHERE (state = 'submitted'::text);
comment on column mandate.approval_id is 'of the agency''s decision that is asked for, or by which it was decided last';
comment on column mandate.fingerprint is 'keyed hashes of what was sent under the reference, field by field';
comment on column mandate.reason is 'of its state, as it was told: why refused, rejected, returned, suspended, cancelled';
comment on column mandate.revision is 'counts its events';
comment on column mandate.submissions is 'how often it went to the bank; 0: the bank has not seen it';
comment on column mandate.suspended_by is 'those who hold it; each lifts his own';

create table mandate_cancellation (
  biller_id integer not null,
  mandate_id uuid not null,
  channel_id integer not null,
  state text not null,
  try_at timestamp with time zone not null,
  tries smallint not null default 0,
  failure text,
  changed_at timestamp with time zone not null,
  constraint mandate_cancellation_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint mandate_cancellation_pkey PRIMARY KEY (biller_id, mandate_id),
  constraint mandate_cancellation_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'told'::text])))
);
CREATE INDEX mandate_cancellation_waiting ON public.mandate_cancellation USING btree (channel_id, try_at) WHERE (state = 'waiting'::text);
comment on column mandate_cancellation.failure is 'why the last attempt came to nothing';
comment on column mandate_cancellation.state is 'waiting: for ever at a bank that is not called, which the agency tells by itself';
comment on column mandate_cancellation.try_at is 'when it is called next; nobody else calls before. Of the machine''s clock';

create table mandate_cover (
  biller_id integer not null,
  mandate_biller_id integer not null,
  mandate_id uuid not null,
  payer_id text not null,
  units text[] not null default '{}'::text[],
  state text not null,
  approval_id uuid,
  constraint mandate_cover_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint mandate_cover_pkey PRIMARY KEY (biller_id, mandate_biller_id, mandate_id, payer_id),
  constraint mandate_cover_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'rejected'::text])))
);
CREATE INDEX mandate_cover_by_mandate ON public.mandate_cover USING btree (mandate_biller_id, mandate_id);
CREATE INDEX mandate_cover_by_payer ON public.mandate_cover USING btree (biller_id, payer_id);

create table mandate_form (
  biller_id integer not null,
  mandate_id uuid not null,
  form_id uuid not null,
  name text not null,
  media_type text not null,
  size integer not null,
  sealed_bytes bytea not null,
  sha256 bytea not null,
  constraint mandate_form_pkey PRIMARY KEY (biller_id, mandate_id, form_id)
);
CREATE TRIGGER mandate_form_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.mandate_form FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table mandate_step (
  biller_id integer not null,
  mandate_id uuid not null,
  step_id uuid not null,
  action text not null,
  state text not null,
  side text not null,
  staff_id uuid,
  client text,
  reason text,
  content jsonb,
  recorded_at timestamp with time zone not null,
  constraint mandate_step_action_check CHECK ((action = ANY (ARRAY['created'::text, 'changed'::text, 'attached'::text, 'submitted'::text, 'bank-validated'::text, 'bank-refused'::text, 'accepted'::text, 'rejected'::text, 'returned'::text, 'suspended'::text, 'resumed'::text, 'cancelled'::text, 'expired'::text, 'cover-accepted'::text, 'cover-rejected'::text]))),
  constraint mandate_step_pkey PRIMARY KEY (biller_id, mandate_id, step_id),
  constraint mandate_step_side_check CHECK ((side = ANY (ARRAY['agency'::text, 'payer'::text, 'bank'::text, 'system'::text]))),
  constraint mandate_step_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
CREATE TRIGGER mandate_step_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.mandate_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column mandate_step.client is 'the code of the client that called with its key';
comment on column mandate_step.state is 'after the step';

create table mandate_submission (
  biller_id integer not null,
  mandate_id uuid not null,
  submission smallint not null,
  channel_id integer not null,
  state text not null,
  file_id uuid,
  try_at timestamp with time zone not null,
  tries smallint not null default 0,
  failure text,
  verdict text,
  code text,
  text text,
  bank_reference text,
  changed_at timestamp with time zone not null,
  constraint mandate_submission_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint mandate_submission_has_its_verdict CHECK (((state <> 'answered'::text) OR (verdict IS NOT NULL))),
  constraint mandate_submission_pkey PRIMARY KEY (biller_id, mandate_id, submission),
  constraint mandate_submission_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'answered'::text, 'done'::text]))),
  constraint mandate_submission_verdict_check CHECK ((verdict = ANY (ARRAY['validated'::text, 'refused'::text])))
);
CREATE INDEX mandate_submission_answered ON public.mandate_submission USING btree (changed_at) WHERE (state = 'answered'::text);
CREATE INDEX mandate_submission_by_file ON public.mandate_submission USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX mandate_submission_waiting ON public.mandate_submission USING btree (channel_id, try_at) WHERE (state = 'waiting'::text);
comment on column mandate_submission.code is 'the bank''s reason, of a refusal; text: its words';
comment on column mandate_submission.failure is 'why the last attempt came to nothing';
comment on column mandate_submission.state is 'answered: the bank''s word is noted and not worked through; done: nothing is waited for any more';
comment on column mandate_submission.try_at is 'when it is sent next; nobody else sends it before. Of the machine''s clock';

create table message (
  biller_id integer not null,
  event_id uuid not null,
  medium text not null,
  address_hash bytea not null,
  kind text not null,
  language text not null,
  address text,
  shown_address text not null,
  facts json not null,
  state text not null,
  attempts smallint not null default 0,
  failure text,
  planned_at timestamp with time zone not null,
  next_try_at timestamp with time zone not null,
  give_up_at timestamp with time zone not null,
  claim uuid,
  claimed_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint message_forgets_its_address CHECK (((address IS NOT NULL) = (state = ANY (ARRAY['waiting'::text, 'sending'::text])))),
  constraint message_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  constraint message_medium_check CHECK ((medium = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint message_pkey PRIMARY KEY (biller_id, event_id, medium, address_hash),
  constraint message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unknown'::text, 'suppressed'::text])))
);
CREATE INDEX message_oldest ON public.message USING btree (medium, planned_at) WHERE (state = 'waiting'::text);
CREATE INDEX message_sending ON public.message USING btree (biller_id, claimed_at) WHERE (state = 'sending'::text);
CREATE INDEX message_waiting ON public.message USING btree (biller_id, medium, next_try_at) WHERE (state = 'waiting'::text);
comment on column message.facts is 'what the text says: bill numbers, amounts, receipt, instant';

create table message_cursor (
  biller_id integer not null,
  number bigint not null,
  constraint message_cursor_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint message_cursor_pkey PRIMARY KEY (biller_id)
) with (fillfactor=50);

create table message_opt_out (
  biller_id integer not null,
  medium text not null,
  address_hash bytea not null,
  since timestamp with time zone not null,
  constraint message_opt_out_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint message_opt_out_medium_check CHECK ((medium = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint message_opt_out_pkey PRIMARY KEY (biller_id, medium, address_hash)
);

create table message_template (
  biller_id integer not null,
  kind text not null,
  medium text not null,
  language text not null,
  subject text,
  body text not null,
  constraint message_template_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint message_template_has_its_subject CHECK (((subject IS NOT NULL) = (medium = 'email'::text))),
  constraint message_template_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  constraint message_template_medium_check CHECK ((medium = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint message_template_pkey PRIMARY KEY (biller_id, kind, medium, language)
);

create table order_file (
  file_id uuid not null,
  account_id smallint,
  message_id text not null,
  name text not null,
  execute_on date not null,
  transfers integer not null,
  amount_minor bigint not null,
  currency character(3) not null,
  bytes bytea,
  sha256 bytea not null,
  state text not null,
  attempts integer not null default 0,
  next_try_at timestamp with time zone,
  failure text,
  made_at timestamp with time zone not null,
  offered_at timestamp with time zone,
  handed_over_at timestamp with time zone,
  kind text not null,
  bank_id smallint not null,
  sealed_bytes bytea,
  ids_sha256 bytea,
  constraint order_file_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(account_id),
  constraint order_file_account_of_transfer CHECK (((kind <> 'transfer'::text) OR (account_id IS NOT NULL))),
  constraint order_file_bank_id_fkey FOREIGN KEY (bank_id) REFERENCES bank(bank_id),
  constraint order_file_is_whole CHECK ((num_nonnulls(bytes, sealed_bytes) = 1)),
  constraint order_file_message_id_key UNIQUE (message_id),
  constraint order_file_name_key UNIQUE (name),
  constraint order_file_pkey PRIMARY KEY (file_id),
  constraint order_file_state_check CHECK ((state = ANY (ARRAY['made'::text, 'withdrawn'::text, 'handed-over'::text, 'accepted'::text, 'rejected'::text, 'partly'::text])))
);
CREATE INDEX order_file_clear ON public.order_file USING btree (file_id) WHERE (bytes IS NOT NULL);
CREATE INDEX order_file_waiting ON public.order_file USING btree (made_at) WHERE (state = 'made'::text);
comment on column order_file.bytes is 'in clear, as a version before this wrote it, until the worker seals it';
comment on column order_file.ids_sha256 is 'of the end-to-end ids that the file names, sorted, one a line: the books tell by it what a sealed file orders; null: it is in clear';
comment on column order_file.kind is 'transfer: pays remittances; debit: collects from payers; mandate: tells payers'' banks of mandates';
comment on column order_file.offered_at is 'from here on the file may lie under its name at the bank, or have been taken from there already';
comment on column order_file.sealed_bytes is 'what the bank is given, sealed and bound to the file''s id';
comment on column order_file.sha256 is 'of the bytes that are stored, sealed or not, so that the books tell without a key whether they were changed. Never of what a sealed file says: all but the account of a payer may be known of a small one, and the number be found by trying';
comment on column order_file.state is 'withdrawn: its kind took it back before it could reach the bank, and it never goes';
comment on column order_file.transfers is 'transactions in it, of whatever kind';

create table paid_hour (
  biller_id integer not null,
  business_date date not null,
  channel_id integer not null,
  hour timestamp with time zone not null,
  outcome text not null,
  currency character(3) not null,
  payments bigint not null,
  amount_minor bigint not null,
  constraint paid_hour_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'credited'::text, 'reversed'::text]))),
  constraint paid_hour_pkey PRIMARY KEY (biller_id, business_date, channel_id, hour, outcome, currency)
) with (fillfactor=70);

create table paid_tally (
  biller_id integer not null,
  number bigint not null,
  constraint paid_tally_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint paid_tally_pkey PRIMARY KEY (biller_id)
) with (fillfactor=50);

create table pay_code (
  biller_id integer not null,
  code text not null,
  reference text not null,
  bill_numbers text[] not null,
  created_at timestamp with time zone not null,
  constraint pay_code_pkey PRIMARY KEY (biller_id, code)
);
CREATE UNIQUE INDEX pay_code_by_reference ON public.pay_code USING btree (biller_id, reference);

create table payment (
  biller_id integer not null,
  payment_id uuid not null,
  channel_id integer not null,
  reference text not null,
  status text not null,
  receipt_no bigint not null,
  method text not null,
  route text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  fee_minor bigint not null,
  biller_fee_minor bigint not null,
  tax_minor bigint not null,
  commission_minor bigint not null,
  business_date date not null,
  occurred_at timestamp with time zone not null,
  accepted_at timestamp with time zone not null,
  reversible_until timestamp with time zone not null,
  details json,
  constraint payment_pkey PRIMARY KEY (biller_id, payment_id),
  constraint payment_status_check CHECK ((status = ANY (ARRAY['accepted'::text, 'credited'::text, 'reversed'::text])))
);
CREATE INDEX payment_by_channel ON public.payment USING brin (channel_id int4_bloom_ops (n_distinct_per_range='64')) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX payment_by_day ON public.payment USING btree (biller_id, business_date, payment_id);
CREATE INDEX payment_by_receipt ON public.payment USING btree (biller_id, receipt_no);
CREATE INDEX payment_not_plain ON public.payment USING btree (biller_id, business_date, payment_id) WHERE (status <> 'accepted'::text);

create table payment_bill (
  biller_id integer not null,
  payment_id uuid not null,
  line smallint not null,
  bill_number text not null,
  bill_revision integer not null,
  payer_id text,
  amount_minor bigint not null,
  due_minor bigint,
  penalty_minor bigint not null,
  refusal text,
  unit text,
  service text,
  budget_line text,
  budget json,
  constraint payment_bill_pkey PRIMARY KEY (biller_id, payment_id, line)
);
CREATE INDEX payment_bill_refused ON public.payment_bill USING btree (biller_id, bill_number) WHERE (refusal IS NOT NULL);
CREATE INDEX payment_bill_refused_payer ON public.payment_bill USING btree (biller_id, payer_id) WHERE (refusal IS NOT NULL);
comment on column payment_bill.refusal is 'why the bill could not take the money, when it became credit';

create table payment_reference (
  channel_id integer not null,
  reference text not null,
  biller_id integer not null,
  payment_id uuid,
  outcome text not null,
  fingerprint text not null,
  problem json,
  recorded_at timestamp with time zone not null,
  constraint payment_reference_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'credited'::text, 'refused'::text, 'cancelled'::text]))),
  constraint payment_reference_pkey PRIMARY KEY (channel_id, reference)
);

create table picked_up (
  bank_id smallint not null,
  name text not null,
  size bigint not null,
  modified_at timestamp with time zone not null,
  file_id uuid,
  fetched_at timestamp with time zone not null,
  what text not null,
  constraint picked_up_bank_id_fkey FOREIGN KEY (bank_id) REFERENCES bank(bank_id),
  constraint picked_up_pkey PRIMARY KEY (bank_id, what, name, size, modified_at),
  constraint picked_up_what_check CHECK ((what = ANY (ARRAY['statement'::text, 'answer'::text])))
);
comment on column picked_up.file_id is 'of statement_file or bank_answer; null: it was too large, or no file';

create table posting (
  biller_id integer not null,
  journal_id uuid not null,
  line smallint not null,
  account_no bigint not null,
  amount_minor bigint not null,
  constraint posting_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint posting_pkey PRIMARY KEY (biller_id, journal_id, line)
);
CREATE TRIGGER posting_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table reconciliation_day (
  channel_id integer not null,
  business_date date not null,
  version integer,
  is_final boolean not null default false,
  totals json,
  matched_at timestamp with time zone,
  balanced_at timestamp with time zone,
  match_again boolean not null default false,
  attempt integer not null default 0,
  is_claimed boolean not null default false,
  touched_at timestamp with time zone not null,
  constraint reconciliation_day_balances CHECK (((balanced_at IS NULL) OR is_final)),
  constraint reconciliation_day_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint reconciliation_day_is_matched CHECK ((((version IS NULL) = (totals IS NULL)) AND ((version IS NULL) = (matched_at IS NULL)))),
  constraint reconciliation_day_pkey PRIMARY KEY (channel_id, business_date)
);
CREATE INDEX reconciliation_day_unbalanced ON public.reconciliation_day USING btree (business_date) WHERE (balanced_at IS NULL);
comment on column reconciliation_day.is_final is 'matched after every biller''s day was sealed';
comment on column reconciliation_day.touched_at is 'a sign of life of whoever has claimed it, by the database''s own clock';

create table rejected_bill (
  biller_id integer not null,
  payment_id uuid not null,
  bill_number text not null,
  rejection_id uuid not null,
  payer_id text not null,
  amount_minor bigint not null,
  paid_at timestamp with time zone,
  constraint rejected_bill_pkey PRIMARY KEY (biller_id, payment_id, bill_number)
);
comment on column rejected_bill.paid_at is 'when it was paid elsewhere, as the agency says';

create table rejection (
  biller_id integer not null,
  rejection_id uuid not null,
  payment_id uuid not null,
  reference text not null,
  reason text not null,
  revision integer not null,
  currency character(3) not null,
  amount_minor bigint not null,
  business_date date not null,
  recorded_at timestamp with time zone not null,
  constraint rejection_amount_minor_check CHECK ((amount_minor > 0)),
  constraint rejection_pkey PRIMARY KEY (biller_id, rejection_id),
  constraint rejection_reason_check CHECK ((reason = 'paid-elsewhere'::text))
);
CREATE INDEX rejection_by_day ON public.rejection USING btree (biller_id, business_date, rejection_id);
CREATE UNIQUE INDEX rejection_by_reference ON public.rejection USING btree (biller_id, reference);
comment on column rejection.reference is 'the agency''s name for it; an outcome of the link bears the event''s id';

create table remittance (
  biller_id integer not null,
  remittance_id uuid not null,
  settlement_id uuid not null,
  unit text not null,
  account_version integer not null,
  attempt smallint not null,
  pays_from smallint,
  currency character(3) not null,
  amount_minor bigint not null,
  state text not null,
  held text,
  value_date date not null,
  late boolean not null default false,
  execute_on date,
  end_to_end_id text not null,
  approval_id uuid,
  file_id uuid,
  reason text,
  planned_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint remittance_amount_minor_check CHECK ((amount_minor > 0)),
  constraint remittance_attempt_check CHECK (((attempt >= 0) AND (attempt <= 9))),
  constraint remittance_biller_id_settlement_id_unit_attempt_key UNIQUE (biller_id, settlement_id, unit, attempt),
  constraint remittance_end_to_end_id_check CHECK ((end_to_end_id ~ '^W[0-9A-Z]{14}[0-9]$'::text)),
  constraint remittance_end_to_end_id_key UNIQUE (end_to_end_id),
  constraint remittance_goes_from_an_account CHECK (((pays_from IS NOT NULL) OR ((state = 'planned'::text) AND (held = 'account'::text)))),
  constraint remittance_held_check CHECK ((held = ANY (ARRAY['approval'::text, 'funding'::text, 'account'::text]))),
  constraint remittance_in_a_file CHECK (((file_id IS NOT NULL) = (state <> ALL (ARRAY['planned'::text, 'approved'::text])))),
  constraint remittance_pays_from_fkey FOREIGN KEY (pays_from) REFERENCES bank_account(account_id),
  constraint remittance_pkey PRIMARY KEY (biller_id, remittance_id),
  constraint remittance_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'approved'::text, 'sent'::text, 'confirmed'::text, 'returned'::text, 'rejected'::text])))
);
CREATE INDEX remittance_by_amount ON public.remittance USING btree (pays_from, amount_minor);
CREATE INDEX remittance_by_file ON public.remittance USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX remittance_by_state ON public.remittance USING btree (state, pays_from) WHERE (state = ANY (ARRAY['planned'::text, 'approved'::text, 'sent'::text]));
comment on column remittance.account_version is '0: there was no account to pay to';
comment on column remittance.held is 'why a planned one may not go yet';
comment on column remittance.reason is 'why it was returned or rejected, or why it is held, in words';
comment on column remittance.sent_at is 'when its order file was handed over';

create table remittance_account (
  biller_id integer not null,
  unit text not null default ''::text,
  version integer not null,
  holder text not null,
  bic text,
  sealed_number bytea not null,
  shown_number text not null,
  pays_from smallint not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  constraint remittance_account_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint remittance_account_pays_from_fkey FOREIGN KEY (pays_from) REFERENCES bank_account(account_id),
  constraint remittance_account_pkey PRIMARY KEY (biller_id, unit, version)
);
comment on column remittance_account.unit is 'empty: of the biller itself';

create table remittance_step (
  biller_id integer not null,
  remittance_id uuid not null,
  step_id uuid not null,
  state text not null,
  reason text,
  journal_id uuid,
  recorded_at timestamp with time zone not null,
  constraint remittance_step_pkey PRIMARY KEY (biller_id, remittance_id, step_id)
);
CREATE TRIGGER remittance_step_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.remittance_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table reversal (
  biller_id integer not null,
  payment_id uuid not null,
  reversal_id uuid not null,
  channel_id integer not null,
  reference text not null,
  reason text not null,
  kind text not null,
  business_date date not null,
  recorded_at timestamp with time zone not null,
  constraint reversal_kind_check CHECK ((kind = ANY (ARRAY['reversal'::text, 'adjustment'::text]))),
  constraint reversal_pkey PRIMARY KEY (biller_id, payment_id)
);
CREATE INDEX reversal_by_day ON public.reversal USING btree (biller_id, business_date, payment_id);

create table reversal_reference (
  channel_id integer not null,
  reference text not null,
  biller_id integer not null,
  payment_id uuid not null,
  constraint reversal_reference_pkey PRIMARY KEY (channel_id, reference)
);

create table service (
  biller_id integer not null,
  code text not null,
  name jsonb not null,
  budget_line text,
  constraint service_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint service_pkey PRIMARY KEY (biller_id, code)
);
CREATE TRIGGER service_touches AFTER INSERT OR DELETE OR UPDATE ON public.service FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();

create table service_hour (
  biller_id integer not null,
  hour timestamp with time zone not null,
  operation text not null,
  outcome text not null,
  bucket integer not null,
  answers bigint not null,
  constraint service_hour_operation_check CHECK ((operation = ANY (ARRAY['pay'::text, 'inquire'::text, 'confirm'::text]))),
  constraint service_hour_pkey PRIMARY KEY (biller_id, hour, operation, outcome, bucket)
) with (fillfactor=70);

create table settlement_batch (
  biller_id integer not null,
  settlement_id uuid not null,
  business_date date not null,
  currency character(3) not null,
  sealed_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  value_date date not null,
  fees_settled text not null,
  fees_set_off_minor bigint not null,
  carried_in_minor bigint not null,
  net_minor bigint not null,
  remitted_minor bigint not null,
  carried_out_minor bigint not null,
  facts json not null,
  digest bytea not null,
  previous_digest bytea,
  constraint settlement_batch_biller_id_business_date_key UNIQUE (biller_id, business_date),
  constraint settlement_batch_carried_out_minor_check CHECK ((carried_out_minor <= 0)),
  constraint settlement_batch_pkey PRIMARY KEY (biller_id, settlement_id),
  constraint settlement_batch_remitted_minor_check CHECK ((remitted_minor >= 0)),
  constraint settlement_net_leaves CHECK ((net_minor = (remitted_minor + carried_out_minor)))
);
CREATE TRIGGER settlement_batch_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_batch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column settlement_batch.facts is 'names and policies as they held at the close, for reports';

create table settlement_document (
  biller_id integer not null,
  settlement_id uuid not null,
  format text not null,
  language character(2) not null,
  bytes bigint not null,
  sha256 bytea not null,
  made_at timestamp with time zone not null,
  marked_sha256 bytea,
  constraint settlement_document_format_check CHECK ((format = ANY (ARRAY['json'::text, 'csv'::text, 'xlsx'::text, 'pdf'::text]))),
  constraint settlement_document_language_check CHECK ((language = ANY (ARRAY['ar'::bpchar, 'fr'::bpchar, 'en'::bpchar]))),
  constraint settlement_document_pkey PRIMARY KEY (biller_id, settlement_id, format, language)
);
comment on column settlement_document.marked_sha256 is 'of CSV: SHA-256 with the byte order mark in front';

create table settlement_document_chunk (
  biller_id integer not null,
  settlement_id uuid not null,
  format text not null,
  language character(2) not null,
  chunk integer not null,
  bytes bytea not null,
  constraint settlement_document_chunk_pkey PRIMARY KEY (biller_id, settlement_id, format, language, chunk)
);

create table settlement_split (
  biller_id integer not null,
  settlement_id uuid not null,
  dimension text not null,
  key text not null,
  payments integer not null,
  bills integer not null,
  gross_minor bigint not null,
  reversals integer not null,
  reversed_minor bigint not null,
  adjustments integer not null,
  adjusted_minor bigint not null,
  direct_payments integer not null,
  direct_gross_minor bigint not null,
  direct_reversed_minor bigint not null,
  direct_adjusted_minor bigint not null,
  credited integer not null,
  credited_minor bigint not null,
  payer_fee_minor bigint not null,
  biller_fee_minor bigint not null,
  tax_minor bigint not null,
  commission_minor bigint not null,
  net_minor bigint not null,
  constraint settlement_split_dimension_check CHECK ((dimension = ANY (ARRAY['total'::text, 'unit'::text, 'service'::text, 'channel'::text, 'outlet-kind'::text, 'method'::text, 'budget-line'::text]))),
  constraint settlement_split_pkey PRIMARY KEY (biller_id, settlement_id, dimension, key)
);
CREATE TRIGGER settlement_split_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_split FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table settlement_step (
  biller_id integer not null,
  business_date date not null,
  step integer not null,
  source text not null,
  through_id uuid not null,
  entries integer not null,
  digest bytea not null,
  sums json not null,
  constraint settlement_step_pkey PRIMARY KEY (biller_id, business_date, step),
  constraint settlement_step_source_check CHECK ((source = ANY (ARRAY['payment'::text, 'reversal'::text, 'rejection'::text, 'adjustment'::text])))
);

create table sign_in_attempt (
  login_hash bytea not null,
  attempts smallint not null,
  last_at timestamp with time zone not null,
  locked_until timestamp with time zone,
  constraint sign_in_attempt_pkey PRIMARY KEY (login_hash)
);
CREATE INDEX sign_in_attempt_by_age ON public.sign_in_attempt USING btree (last_at);

create table staff (
  staff_id uuid not null,
  login text not null,
  name text not null,
  role text not null,
  biller_id integer,
  channel_id integer,
  language character(2) not null default 'en'::bpchar,
  password_hash text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  disabled_at timestamp with time zone,
  issuer text,
  subject text,
  constraint staff_belongs CHECK ((((role = ANY (ARRAY['operator-admin'::text, 'support'::text])) AND (biller_id IS NULL) AND (channel_id IS NULL)) OR ((role = ANY (ARRAY['finance-officer'::text, 'approver'::text])) AND (biller_id IS NOT NULL) AND (channel_id IS NULL)) OR ((role = 'channel-officer'::text) AND (channel_id IS NOT NULL) AND (biller_id IS NULL)))),
  constraint staff_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint staff_bound_whole CHECK (((issuer IS NULL) = (subject IS NULL))),
  constraint staff_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint staff_language_check CHECK ((language = ANY (ARRAY['ar'::bpchar, 'fr'::bpchar, 'en'::bpchar]))),
  constraint staff_login_check CHECK ((login ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'::text)),
  constraint staff_login_key UNIQUE (login),
  constraint staff_pkey PRIMARY KEY (staff_id),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['operator-admin'::text, 'support'::text, 'finance-officer'::text, 'approver'::text, 'channel-officer'::text]))),
  constraint staff_subject UNIQUE (issuer, subject)
);
comment on column staff.password_hash is 'scrypt: parameters, salt and key';

create table staff_factor (
  staff_id uuid not null,
  sealed_secret bytea not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  constraint staff_factor_pkey PRIMARY KEY (staff_id),
  constraint staff_factor_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
comment on column staff_factor.confirmed_at is 'null: shown, and not in force before a first code proves that he has it';
comment on column staff_factor.last_step is 'of the last code that was accepted: neither it nor an older one is accepted again';

create table staff_recovery_code (
  staff_id uuid not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint staff_recovery_code_pkey PRIMARY KEY (staff_id, code_hash),
  constraint staff_recovery_code_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);

create table staff_session (
  token_hash bytea not null,
  staff_id uuid not null,
  origin text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  seen_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  session_id uuid not null default gen_random_uuid(),
  user_agent text not null default ''::text,
  way text not null default 'password'::text,
  constraint staff_session_pkey PRIMARY KEY (token_hash),
  constraint staff_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id),
  constraint staff_session_way_check CHECK ((way = ANY (ARRAY['password'::text, 'provider'::text])))
);
CREATE UNIQUE INDEX staff_session_by_id ON public.staff_session USING btree (session_id);
CREATE INDEX staff_session_by_staff ON public.staff_session USING btree (staff_id, created_at);
comment on column staff_session.user_agent is 'as the browser or program calls itself, cut at 200 characters';

create table statement (
  statement_id uuid not null,
  file_id uuid not null,
  "position" integer not null,
  account_id smallint,
  biller_id integer,
  form text not null,
  reference text not null,
  sequence text,
  currency character(3) not null,
  from_date date,
  to_date date,
  opening_minor bigint,
  closing_minor bigint,
  credits_minor bigint not null,
  debits_minor bigint not null,
  lines integer not null,
  continuity text not null,
  state text not null,
  sifted_at timestamp with time zone,
  recorded_at timestamp with time zone not null,
  placed_at timestamp with time zone,
  message text not null default ''::text,
  constraint statement_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(account_id),
  constraint statement_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint statement_continuity_check CHECK ((continuity = ANY (ARRAY['first'::text, 'continues'::text, 'gap'::text, 'overlap'::text, 'unknown'::text]))),
  constraint statement_file_id_fkey FOREIGN KEY (file_id) REFERENCES statement_file(file_id),
  constraint statement_file_id_position_key UNIQUE (file_id, "position"),
  constraint statement_form_check CHECK ((form = ANY (ARRAY['statement'::text, 'notification'::text]))),
  constraint statement_is_of_one CHECK (((account_id IS NULL) <> (biller_id IS NULL))),
  constraint statement_pkey PRIMARY KEY (statement_id),
  constraint statement_state_check CHECK ((state = ANY (ARRAY['loading'::text, 'read'::text])))
);
CREATE INDEX statement_by_account ON public.statement USING btree (account_id, to_date) WHERE (account_id IS NOT NULL);
CREATE INDEX statement_by_biller ON public.statement USING btree (biller_id, to_date) WHERE (biller_id IS NOT NULL);
CREATE INDEX statement_unplaced ON public.statement USING btree (recorded_at, statement_id) WHERE (placed_at IS NULL);
comment on column statement.message is 'camt.053, MT940, csv: two messages may say one booking under references of their own';
comment on column statement.placed_at is 'since when none of its lines waits to be placed; null: one may';
comment on column statement.sifted_at is 'since when its lines are known that another statement had said before; only then they are placed';

create table statement_file (
  file_id uuid not null,
  sha256 bytea,
  name text not null,
  source text not null,
  bank_id smallint,
  account_id smallint,
  biller_id integer,
  state text not null,
  bytes bigint not null default 0,
  statements integer not null default 0,
  lines integer not null default 0,
  fault text,
  fault_place text,
  claim uuid,
  received_at timestamp with time zone not null,
  touched_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint statement_file_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(account_id),
  constraint statement_file_bank_id_fkey FOREIGN KEY (bank_id) REFERENCES bank(bank_id),
  constraint statement_file_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint statement_file_is_known CHECK (((sha256 IS NOT NULL) OR (state = ANY (ARRAY['receiving'::text, 'refused'::text])))),
  constraint statement_file_pkey PRIMARY KEY (file_id),
  constraint statement_file_sha256_key UNIQUE (sha256),
  constraint statement_file_source_check CHECK ((source = ANY (ARRAY['upload'::text, 'command'::text, 'folder'::text, 'sftp'::text]))),
  constraint statement_file_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'waiting'::text, 'read'::text, 'refused'::text])))
);
CREATE INDEX statement_file_waiting ON public.statement_file USING btree (received_at) WHERE (state = ANY (ARRAY['receiving'::text, 'waiting'::text]));
comment on column statement_file.account_id is 'what it must be about, when whoever brought it said so';
comment on column statement_file.bank_id is 'who brought it, and whose mapping and encoding hold; null: nobody said';
comment on column statement_file.claim is 'who reads it: another takes it over when it has not been touched for long, and then this one writes no more';

create table statement_file_chunk (
  file_id uuid not null,
  chunk integer not null,
  bytes bytea,
  sealed_bytes bytea,
  constraint statement_file_chunk_file_id_fkey FOREIGN KEY (file_id) REFERENCES statement_file(file_id),
  constraint statement_file_chunk_is_whole CHECK ((num_nonnulls(bytes, sealed_bytes) = 1)),
  constraint statement_file_chunk_pkey PRIMARY KEY (file_id, chunk)
);
CREATE INDEX statement_file_chunk_clear ON public.statement_file_chunk USING btree (file_id, chunk) WHERE (bytes IS NOT NULL);
comment on column statement_file_chunk.bytes is 'in clear, as a version before this wrote it, until the worker seals it';
comment on column statement_file_chunk.sealed_bytes is 'as the bank wrote it, sealed and bound to its file and place';

create table statement_line (
  statement_id uuid not null,
  line integer not null,
  entry integer not null,
  account_id smallint,
  biller_id integer,
  booked_on date not null,
  booked_at timestamp with time zone,
  valued_on date,
  currency character(3) not null,
  amount_minor bigint not null,
  is_reversal boolean not null,
  bank_reference text,
  end_to_end_id text,
  message_id text,
  payment_info_id text,
  code text,
  return_reason text,
  counterparty text,
  counterparty_account text,
  text text not null,
  place text not null,
  identity bytea not null,
  occurrence integer not null,
  outcome text,
  placed_at timestamp with time zone,
  sum_reference text,
  constraint statement_line_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint statement_line_is_placed CHECK (((outcome IS NULL) = (placed_at IS NULL))),
  constraint statement_line_outcome_check CHECK ((outcome = ANY (ARRAY['remittance'::text, 'order-total'::text, 'returned'::text, 'debit'::text, 'debit-total'::text, 'debit-returned'::text, 'channel'::text, 'top-up'::text, 'charge'::text, 'direct'::text, 'deposit'::text, 'suspense'::text, 'repeated'::text, 'reversed'::text, 'other'::text, 'break'::text]))),
  constraint statement_line_pkey PRIMARY KEY (statement_id, line),
  constraint statement_line_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statement(statement_id)
) with (fillfactor=50);
CREATE INDEX statement_line_by_amount ON public.statement_line USING btree (booked_on, amount_minor);
CREATE INDEX statement_line_by_reference ON public.statement_line USING btree (bank_reference) WHERE (bank_reference IS NOT NULL);
CREATE INDEX statement_line_identity ON public.statement_line USING btree (identity);
CREATE INDEX statement_line_of_debit ON public.statement_line USING btree (end_to_end_id) WHERE (end_to_end_id ~~ 'WSTD%'::text);
comment on column statement_line.outcome is 'other: of a biller''s own account and none of our business; repeated: a statement before has said it';
comment on column statement_line.sum_reference is 'the bank''s reference of the booking whose parts this line is one of; bank_reference is its own';

create table statement_match (
  statement_id uuid not null,
  line integer not null,
  part integer not null,
  kind text not null,
  biller_id integer not null,
  channel_id integer,
  subject_id uuid,
  subject_line integer,
  amount_minor bigint not null,
  journal_id uuid,
  approval_id uuid,
  recorded_at timestamp with time zone not null,
  constraint statement_match_pkey PRIMARY KEY (statement_id, line, part)
);
CREATE INDEX statement_match_by_subject ON public.statement_match USING btree (subject_id) WHERE (subject_id IS NOT NULL);
CREATE UNIQUE INDEX statement_match_once ON public.statement_match USING btree (kind, subject_id, subject_line) WHERE (kind = ANY (ARRAY['claims'::text, 'takes-back'::text]));
CREATE TRIGGER statement_match_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.statement_match FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
comment on column statement_match.subject_id is 'the remittance, debit, payment, or statement (with subject_line) that it is about';

create table statement_sum (
  statement_id uuid not null,
  entry integer not null,
  first_line integer not null,
  lines integer not null,
  account_id smallint,
  biller_id integer,
  booked_on date not null,
  amount_minor bigint not null,
  reference text,
  constraint statement_sum_lines_check CHECK ((lines > 0)),
  constraint statement_sum_pkey PRIMARY KEY (statement_id, entry),
  constraint statement_sum_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statement(statement_id)
);
CREATE INDEX statement_sum_by_amount ON public.statement_sum USING btree (booked_on, amount_minor);

create table top_up (
  channel_id integer not null,
  reference text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  journal_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint top_up_amount_minor_check CHECK ((amount_minor > 0)),
  constraint top_up_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint top_up_pkey PRIMARY KEY (channel_id, reference)
);

create table unit (
  biller_id integer not null,
  code text not null,
  parent text,
  name jsonb not null,
  constraint unit_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint unit_biller_id_parent_fkey FOREIGN KEY (biller_id, parent) REFERENCES unit(biller_id, code),
  constraint unit_pkey PRIMARY KEY (biller_id, code)
);
CREATE TRIGGER unit_touches AFTER INSERT OR DELETE OR UPDATE ON public.unit FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();

create table webhook (
  biller_id integer not null,
  url text not null,
  sealed_secret bytea not null,
  events text[],
  batch boolean not null default false,
  changed_at timestamp with time zone not null,
  constraint webhook_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint webhook_pkey PRIMARY KEY (biller_id)
);

create table webhook_old_secret (
  biller_id integer not null,
  sealed_secret bytea not null,
  signs_until timestamp with time zone not null,
  constraint webhook_old_secret_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES webhook(biller_id) ON DELETE CASCADE,
  constraint webhook_old_secret_pkey PRIMARY KEY (biller_id, sealed_secret)
);

CREATE OR REPLACE FUNCTION public.bills_in_debit(biller integer, numbers text[])
 RETURNS SETOF text
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return query
    select b.bill_number
      from unnest(numbers) as wanted(bill_number)
      join debit_bill b on b.biller_id = biller and b.bill_number = wanted.bill_number and b.live
      join debit_order o on o.biller_id = b.biller_id and o.debit_id = b.debit_id
     where o.state in ('built', 'sent');
end $function$;

CREATE OR REPLACE FUNCTION public.business_now()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
AS $function$
declare shift interval;
begin
  select d.shift into shift from demo_clock d;
  return clock_timestamp() + coalesce(shift, interval '0');
end $function$;

CREATE OR REPLACE FUNCTION public.debit_contradicted(debit uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select from break where state = 'open' and ours ->> 'debitId' = debit::text);
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% rows are append-only', tg_table_name using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.touch_configuration()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock('configuration'::regclass::bigint);
  update configuration set revision = revision + 1;
  return null;
end $function$;
