-- One payment by one call to the server: the same locks, checks and rows as the gateway's groups, for the lone
-- client's comparison. A schema of the benchmark's own; the product knows nothing of it.
create schema bench;

create function bench.pay_one(
  p_revision bigint, p_channel int, p_reference text, p_biller int, p_bill text, p_amount bigint, p_currency text,
  p_method text, p_occurred timestamptz, p_details json, p_fingerprint text, p_payment uuid, p_receipt bigint,
  p_answer text, p_debited bigint, p_credited bigint, p_lane smallint
) returns text language plpgsql as $$
declare
  owed record;
  day record;
  earlier text;
  v_revision bigint;
  v_now timestamptz;
  v_until timestamptz;
  v_answer text;
begin
  select * into owed from bill where biller_id = p_biller and bill_number = p_bill for update;
  if not found then raise exception 'bill-not-found'; end if;
  select revision into v_revision from configuration for share;
  if v_revision <> p_revision then raise exception 'stale directory'; end if;
  select * into day from business_day
   where biller_id = p_biller and sealed_at is null and business_date >= (business_now() at time zone 'UTC')::date - 2
     and cut_off_at > business_now() order by business_date limit 1 for share;
  if not found then raise exception 'no open day'; end if;
  v_now := business_now();
  select fingerprint into earlier from payment_reference where channel_id = p_channel and reference = p_reference;
  if found then raise exception 'reference-reused'; end if;
  if owed.status <> 'open' or owed.expires_on < v_now::date then raise exception 'bill-already-paid'; end if;
  if owed.due_on < v_now::date or p_amount < owed.amount_minor then raise exception 'underpayment'; end if;

  v_until := greatest(v_now + interval '30 minutes', day.cut_off_at);
  v_answer := p_answer || format(',"businessDate":"%s","acceptedAt":"%s","reversibleUntil":"%s"}', day.business_date,
    to_char(v_now at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), to_char(v_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
  insert into payment_reference (channel_id, reference, biller_id, payment_id, outcome, fingerprint, recorded_at)
    values (p_channel, p_reference, p_biller, p_payment, 'accepted', p_fingerprint, v_now);
  insert into payment (biller_id, payment_id, channel_id, reference, status, receipt_no, method, route, currency, amount_minor, fee_minor,
      biller_fee_minor, tax_minor, commission_minor, business_date, occurred_at, accepted_at, reversible_until, details)
    values (p_biller, p_payment, p_channel, p_reference, 'accepted', p_receipt, p_method, 'via-operator', p_currency, p_amount, 0,
      0, 0, 0, day.business_date, p_occurred, v_now, v_until, p_details);
  insert into payment_bill (biller_id, payment_id, line, bill_number, bill_revision, payer_id, amount_minor, due_minor, penalty_minor)
    values (p_biller, p_payment, 1, p_bill, owed.revision, owed.payer_id, p_amount, owed.amount_minor, 0);
  insert into event (biller_id, event_id, type, subject, revision, payload, recorded_at)
    values (p_biller, p_payment, 'payment.accepted', p_payment::text, 1, v_answer::json, v_now);
  insert into event_outbox (biller_id, event_id) values (p_biller, p_payment);
  update bill set status = 'paid', payment_id = p_payment where biller_id = p_biller and bill_number = p_bill;
  insert into journal (biller_id, journal_id, kind, payment_id, business_date, recorded_at)
    values (p_biller, p_payment, 'payment', p_payment, day.business_date, v_now);
  insert into posting (biller_id, journal_id, line, account_no, amount_minor)
    values (p_biller, p_payment, 1, p_debited, p_amount), (p_biller, p_payment, 2, p_credited, -p_amount);
  insert into account (biller_id, account_no, code, channel_id, currency)
    values (p_biller, p_credited, 'biller/payable', 0, p_currency), (p_biller, p_debited, 'channel/receivable', p_channel, p_currency)
    on conflict do nothing;
  insert into balance (biller_id, account_no, lane, amount_minor)
    values (p_biller, least(p_debited, p_credited), p_lane, case when p_debited < p_credited then p_amount else -p_amount end),
           (p_biller, greatest(p_debited, p_credited), p_lane, case when p_debited < p_credited then -p_amount else p_amount end)
    on conflict (biller_id, account_no, lane) do update set amount_minor = balance.amount_minor + excluded.amount_minor;
  return v_answer;
end $$;
