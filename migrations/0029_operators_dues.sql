-- What a channel owes by what was decided in the operator's own book is due as a biller's closed date is: due at once, under
-- biller 0 and the UTC day of its journals, which may go on adding to it until that day is over. A part of a transfer in the
-- operator's book is for such a due where it names the date; without one it is paid ahead.
alter table channel_payment drop constraint channel_payment_is_of_a_due;
alter table channel_payment add constraint channel_payment_is_of_a_due check (biller_id = 0 or business_date is not null);
comment on column channel_payment.business_date is 'of the due that it pays, biller 0 the operator''s own; null: paid before anything was owed';
comment on column channel_due.biller_id is '0: decided in the operator''s own book, business_date being the UTC day of its journals';
insert into channel_due (biller_id, channel_id, business_date, currency, collected_minor, reversed_minor, adjusted_minor,
  owed_minor, owed_after_days, due_on, recorded_at)
select 0, a.channel_id, j.business_date, a.currency, 0, 0, sum(o.amount_minor), sum(o.amount_minor), 0, j.business_date, max(j.recorded_at)
  from journal j
  join posting o on o.biller_id = 0 and o.journal_id = j.journal_id
  join account a on a.biller_id = 0 and a.account_no = o.account_no and a.code = 'channel/receivable'
 where j.biller_id = 0 and j.kind <> 'channel-payment'
 group by a.channel_id, j.business_date, a.currency;

-- More than was due is paid and the payer's credit, and never was a break (rules.md, "Statements and direct deposits").
alter table break drop constraint break_kind_check;
alter table break add constraint break_kind_check check (kind in (
  'paid-elsewhere', 'missing-here', 'missing-there', 'amount-differs', 'status-differs', 'duplicate-there',
  'wrong-day', 'not-credited', 'unplaced-line', 'doubtful-line', 'deposit-short', 'deposit-already-paid',
  'deposit-refused', 'unplaced-deposit', 'returned-late'));
