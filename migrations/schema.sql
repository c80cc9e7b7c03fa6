-- The schema after every migration. Written by `npm run schema`; never edited.

create table account (
  biller_id integer not null,
  account_no bigint not null,
  code text not null,
  channel_id integer not null,
  currency character(3) not null,
  constraint account_pkey PRIMARY KEY (biller_id, account_no)
);

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
  constraint biller_biller_id_check CHECK (((biller_id >= 1) AND (biller_id <= 65535))),
  constraint biller_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,31}$'::text)),
  constraint biller_code_key UNIQUE (code),
  constraint biller_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint biller_kind_check CHECK ((kind = ANY (ARRAY['local'::text, 'linked'::text]))),
  constraint biller_pkey PRIMARY KEY (biller_id),
  constraint biller_policy_check CHECK ((policy = ANY (ARRAY['exact'::text, 'at-least'::text, 'between'::text]))),
  constraint biller_quote_minutes_check CHECK (((quote_minutes >= 1) AND (quote_minutes <= 1440))),
  constraint biller_remittance_days_check CHECK (((remittance_days >= 0) AND (remittance_days <= 30))),
  constraint biller_reversal_minutes_check CHECK (((reversal_minutes >= 0) AND (reversal_minutes <= 100000))),
  constraint biller_rounding_check CHECK ((rounding = ANY (ARRAY['half-up'::text, 'half-even'::text, 'up'::text, 'down'::text])))
);
CREATE TRIGGER biller_touches AFTER INSERT OR DELETE OR UPDATE ON public.biller FOR EACH STATEMENT EXECUTE FUNCTION touch_configuration();

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

create table credit (
  biller_id integer not null,
  payer_id text not null,
  currency character(3) not null,
  available_minor bigint not null,
  constraint credit_available_minor_check CHECK ((available_minor >= 0)),
  constraint credit_pkey PRIMARY KEY (biller_id, payer_id, currency)
);

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
CREATE UNIQUE INDEX rejection_by_reference ON public.rejection USING btree (biller_id, reference);
comment on column rejection.reference is 'the agency''s name for it; an outcome of the link bears the event''s id';

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
