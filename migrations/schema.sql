-- The schema after every migration. Written by `npm run schema`; never edited.

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
  constraint adjustment_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint adjustment_kind_check CHECK ((kind = ANY (ARRAY['correction'::text, 'credit-remitted'::text]))),
  constraint adjustment_pkey PRIMARY KEY (biller_id, adjustment_id)
);
CREATE INDEX adjustment_by_day ON public.adjustment USING btree (biller_id, business_date, adjustment_id);

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
  constraint bank_bank_id_check CHECK (((bank_id >= 1) AND (bank_id <= 9999))),
  constraint bank_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint bank_code_key UNIQUE (code),
  constraint bank_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint bank_lead_days_check CHECK (((lead_days >= 0) AND (lead_days <= 10))),
  constraint bank_pkey PRIMARY KEY (bank_id)
);
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
  bytes bytea not null,
  outcome json,
  received_at timestamp with time zone not null,
  constraint bank_answer_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(account_id),
  constraint bank_answer_pkey PRIMARY KEY (answer_id),
  constraint bank_answer_sha256_key UNIQUE (sha256)
);

create table bank_holiday (
  bank_id smallint not null,
  on_date date not null,
  name text not null,
  state text not null default 'confirmed'::text,
  constraint bank_holiday_bank_id_fkey FOREIGN KEY (bank_id) REFERENCES bank(bank_id),
  constraint bank_holiday_pkey PRIMARY KEY (bank_id, on_date),
  constraint bank_holiday_state_check CHECK ((state = ANY (ARRAY['confirmed'::text, 'tentative'::text, 'struck'::text])))
);

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
  constraint biller_approve_above_minor_check CHECK ((approve_above_minor >= 0)),
  constraint biller_biller_id_check CHECK (((biller_id >= 1) AND (biller_id <= 65535))),
  constraint biller_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint biller_code_key UNIQUE (code),
  constraint biller_credit_alarm_days_check CHECK (((credit_alarm_days >= 1) AND (credit_alarm_days <= 3650))),
  constraint biller_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
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
  payment_id uuid not null,
  bill_number text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  state text not null default 'open'::text,
  opened_at timestamp with time zone not null,
  constraint break_kind_check CHECK ((kind = 'paid-elsewhere'::text)),
  constraint break_pkey PRIMARY KEY (biller_id, break_id),
  constraint break_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);
CREATE INDEX break_by_state ON public.break USING btree (biller_id, state, opened_at);

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
  constraint channel_channel_id_check CHECK (((channel_id >= 1) AND (channel_id <= 99999))),
  constraint channel_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint channel_code_key UNIQUE (code),
  constraint channel_funding_check CHECK ((funding = ANY (ARRAY['postpaid'::text, 'prefunded'::text]))),
  constraint channel_kind_check CHECK ((kind = ANY (ARRAY['bank'::text, 'agent'::text, 'kiosk'::text, 'atm'::text, 'web'::text, 'deposit'::text]))),
  constraint channel_pkey PRIMARY KEY (channel_id),
  constraint channel_rate_limit_check CHECK ((rate_limit >= 0)),
  constraint channel_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);
CREATE TRIGGER channel_touches AFTER INSERT OR DELETE OR UPDATE ON public.channel FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();
comment on column channel.rate_limit is 'requests a second; 0: the installation''s default';

create table channel_day (
  channel_id integer not null,
  currency character(3) not null,
  business_date date not null,
  accepted_minor bigint not null,
  constraint channel_day_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint channel_day_pkey PRIMARY KEY (channel_id, currency, business_date)
);

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
  constraint credit_available_minor_check CHECK ((available_minor >= 0)),
  constraint credit_pkey PRIMARY KEY (biller_id, payer_id, currency)
);

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
  account_id smallint not null,
  message_id text not null,
  name text not null,
  execute_on date not null,
  transfers integer not null,
  amount_minor bigint not null,
  currency character(3) not null,
  bytes bytea not null,
  sha256 bytea not null,
  state text not null,
  attempts integer not null default 0,
  next_try_at timestamp with time zone,
  failure text,
  made_at timestamp with time zone not null,
  offered_at timestamp with time zone,
  handed_over_at timestamp with time zone,
  constraint order_file_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(account_id),
  constraint order_file_message_id_key UNIQUE (message_id),
  constraint order_file_name_key UNIQUE (name),
  constraint order_file_pkey PRIMARY KEY (file_id),
  constraint order_file_state_check CHECK ((state = ANY (ARRAY['made'::text, 'handed-over'::text, 'accepted'::text, 'rejected'::text, 'partly'::text])))
);
CREATE INDEX order_file_waiting ON public.order_file USING btree (made_at) WHERE (state = 'made'::text);
comment on column order_file.offered_at is 'from here on the file may lie under its name at the bank, or have been taken from there already';

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
CREATE INDEX payment_by_day ON public.payment USING btree (biller_id, business_date, payment_id);
CREATE INDEX payment_by_receipt ON public.payment USING btree (biller_id, receipt_no);

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
  constraint staff_belongs CHECK ((((role = ANY (ARRAY['operator-admin'::text, 'support'::text])) AND (biller_id IS NULL) AND (channel_id IS NULL)) OR ((role = ANY (ARRAY['finance-officer'::text, 'approver'::text])) AND (biller_id IS NOT NULL) AND (channel_id IS NULL)) OR ((role = 'channel-officer'::text) AND (channel_id IS NOT NULL) AND (biller_id IS NULL)))),
  constraint staff_biller_id_fkey FOREIGN KEY (biller_id) REFERENCES biller(biller_id),
  constraint staff_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(channel_id),
  constraint staff_language_check CHECK ((language = ANY (ARRAY['ar'::bpchar, 'fr'::bpchar, 'en'::bpchar]))),
  constraint staff_login_check CHECK ((login ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'::text)),
  constraint staff_login_key UNIQUE (login),
  constraint staff_pkey PRIMARY KEY (staff_id),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['operator-admin'::text, 'support'::text, 'finance-officer'::text, 'approver'::text, 'channel-officer'::text])))
);
comment on column staff.password_hash is 'scrypt: parameters, salt and key';

create table staff_session (
  token_hash bytea not null,
  staff_id uuid not null,
  origin text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  seen_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint staff_session_pkey PRIMARY KEY (token_hash),
  constraint staff_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);
CREATE INDEX staff_session_by_staff ON public.staff_session USING btree (staff_id, created_at);

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

CREATE OR REPLACE FUNCTION public.business_now()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
AS $function$
declare shift interval;
begin
  select d.shift into shift from demo_clock d;
  return clock_timestamp() + coalesce(shift, interval '0');
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
