// Ways to break the books by hand, and which invariants must see each: one line of SQL a case, or a few.

export interface Case {
  readonly broken: string;
  /** `:plain` and so on: a payment of the day, as its uuid. */
  readonly by: string;
  readonly finds: readonly string[];
}

const RECEIVABLE = `select account_no from account where biller_id = 1 and code = 'channel/receivable' and currency = 'OMR' order by 1 limit 1`;

export const CASES: readonly Case[] = [
  {
    broken: 'a posting is off by one',
    by: 'update posting set amount_minor = amount_minor + 1 where journal_id = :plain and line = 1',
    finds: ['journals-sum-to-zero', 'balances-equal-postings', 'journal-agrees-with-payment'],
  },
  {
    broken: 'a journal has one posting',
    by: `insert into journal values (1, '01900000-0000-0001-0000-000000000001', 'top-up', null, '2026-11-22', now());
         insert into posting select 1, '01900000-0000-0001-0000-000000000001', 1, account_no, 1 from account where biller_id = 1 and code = 'suspense';
         update balance b set amount_minor = amount_minor + 1 where (biller_id, account_no) in (select 1, account_no from account where code = 'suspense')
            and lane = (select min(lane) from balance where biller_id = b.biller_id and account_no = b.account_no)`,
    finds: ['journals-sum-to-zero', 'trial-balance-is-zero', 'credit-agrees-with-ledger'],
  },
  {
    broken: 'a journal has no postings',
    by: `insert into journal values (0, '01900000-0000-0000-0000-000000000002', 'top-up', null, '2026-11-22', now())`,
    finds: ['journals-sum-to-zero'],
  },
  {
    broken: 'postings without a journal',
    by: `delete from journal where journal_id = (select journal_id from journal where biller_id = 0 and kind = 'top-up')`,
    finds: ['journals-sum-to-zero'],
  },
  {
    broken: 'two currencies whose numbers add up to zero',
    by: `update posting p set account_no = (select account_no from account where biller_id = 2 and code = 'biller/payable')
          where journal_id = :plain and amount_minor < 0 and line = 2`,
    finds: ['journals-sum-to-zero', 'balances-equal-postings', 'journal-agrees-with-payment'],
  },
  {
    broken: 'a balance is off by one',
    by: `update balance set amount_minor = amount_minor + 1 where biller_id = 1 and account_no = (select account_no from account where biller_id = 1 and code = 'fees/income')`,
    finds: ['balances-equal-postings', 'trial-balance-is-zero'],
  },
  {
    broken: 'an account is not in the chart',
    by: `delete from account where biller_id = 1 and code = 'commission/expense'`,
    finds: ['balances-equal-postings', 'journal-agrees-with-payment'],
  },
  {
    broken: 'a payment without a journal',
    by: 'delete from journal where journal_id = :plain; delete from posting where journal_id = :plain',
    finds: ['balances-equal-postings', 'payment-has-its-journal'],
  },
  {
    broken: 'the journal of a payment is of another day',
    by: `update journal set business_date = business_date + 1 where journal_id = :plain`,
    finds: ['payment-has-its-journal'],
  },
  {
    broken: 'a journal of a payment that is not there',
    by: `insert into journal values (1, '01900000-0000-0001-0000-000000000003', 'payment', '01900000-0000-0001-0000-000000000003', '2026-11-22', now());
         insert into posting select 1, '01900000-0000-0001-0000-000000000003', n, (${RECEIVABLE}), 3 - 2 * n from generate_series(1, 2) n`,
    finds: ['payment-has-its-journal'],
  },
  {
    broken: 'the fee of a payment is not what was posted',
    by: 'update payment set fee_minor = fee_minor + 5 where payment_id = :float',
    finds: ['journal-agrees-with-payment'],
  },
  {
    broken: 'a payment on the direct route was posted by way of the operator',
    by: `update payment set route = 'direct' where payment_id = :plain`,
    finds: ['journal-agrees-with-payment'],
  },
  {
    broken: "a commission was posted to another channel's account",
    by: `update account set channel_id = 1 where biller_id = 1 and code = 'commission/payable' and channel_id = 2`,
    finds: ['journal-agrees-with-payment'],
  },
  {
    broken: 'a fee was never posted',
    by: 'update payment set biller_fee_minor = 7 where payment_id = :credited',
    finds: ['journal-agrees-with-payment'],
  },
  {
    broken: 'a reversal without a journal',
    by: `delete from posting where journal_id = (select reversal_id from reversal where payment_id = :reversed);
         delete from journal where journal_id = (select reversal_id from reversal where payment_id = :reversed)`,
    finds: ['balances-equal-postings', 'reversal-mirrors-payment'],
  },
  {
    broken: 'a reversal that gives back to another account',
    by: `update posting set account_no = (select account_no from account where biller_id = 1 and code = 'biller/direct')
          where journal_id = (select reversal_id from reversal where payment_id = :reversed) and amount_minor > 0`,
    finds: ['balances-equal-postings', 'reversal-mirrors-payment'],
  },
  {
    broken: 'a reference without its payment',
    by: `insert into payment_reference values (1, 'ghost', 1, '01900000-0000-0001-0000-000000000004', 'accepted', '', null, now())`,
    finds: ['one-payment-per-reference'],
  },
  {
    broken: 'a payment without its reference',
    by: `delete from payment_reference where reference = 'plain'`,
    finds: ['one-payment-per-reference'],
  },
  {
    broken: 'two payments under one reference',
    by: `update payment set reference = 'plain' where payment_id = :many; delete from payment_reference where reference = 'many'`,
    finds: ['one-payment-per-reference'],
  },
  {
    broken: 'a reference of another biller',
    by: `update payment_reference set biller_id = 2 where reference = 'plain'`,
    finds: ['one-payment-per-reference'],
  },
  {
    broken: 'a refused reference that has a payment',
    by: `update payment_reference set outcome = 'refused' where reference = 'plain'`,
    finds: ['one-payment-per-reference'],
  },
  {
    broken: 'a paid bill without a payment',
    by: `update bill set status = 'paid' where bill_number = 'OM-7'`,
    finds: ['one-live-payment-per-bill'],
  },
  {
    broken: 'an open bill that was paid',
    by: `update bill set status = 'open' where bill_number = 'OM-1'`,
    finds: ['one-live-payment-per-bill'],
  },
  {
    broken: 'a bill paid twice',
    by: `update payment_bill set bill_number = 'OM-1' where payment_id = :many and line = 1`,
    finds: ['one-live-payment-per-bill'],
  },
  {
    broken: 'a bill that names a reversed payment',
    by: `update bill set status = 'paid', payment_id = :reversed where bill_number = 'OM-7'`,
    finds: ['one-live-payment-per-bill'],
  },
  {
    broken: 'a payment whose bills took something else',
    by: 'update payment_bill set amount_minor = amount_minor + 1 where payment_id = :many and line = 2',
    finds: ['payment-equals-its-bills'],
  },
  {
    broken: 'a payment without bills',
    by: 'delete from payment_bill where payment_id = :credited',
    finds: ['payment-equals-its-bills'],
  },
  {
    broken: 'bills of a payment that is not there',
    by: `insert into payment_bill values (1, '01900000-0000-0001-0000-000000000005', 1, 'X', 1, 'E-1', 1, 1, 0, 'bill-not-found')`,
    finds: ['payment-equals-its-bills'],
  },
  {
    broken: 'a payment without its event',
    by: 'delete from event where event_id = :plain',
    finds: ['payment-has-its-event', 'event-is-numbered-once'],
  },
  {
    broken: 'an event that says accepted of a credit',
    by: `update event set type = 'payment.accepted' where event_id = :credited`,
    finds: ['payment-has-its-event'],
  },
  {
    broken: 'an event of a payment that is not there',
    by: `insert into event values (1, '01900000-0000-0001-0000-000000000006', 'payment.accepted', '01900000-0000-0001-0000-000000000006', 1, '{}', now())`,
    finds: ['payment-has-its-event', 'event-is-numbered-once'],
  },
  {
    broken: 'a reversed payment without a reversal',
    by: `update payment set status = 'reversed' where payment_id = :limited;
         update bill set status = 'open', payment_id = null where bill_number = 'OM-5';
         update channel_day set accepted_minor = accepted_minor - 100000 where channel_id = (select channel_id from channel where code = 'kiosk')`,
    finds: ['reversed-has-its-reversal'],
  },
  {
    broken: 'a reversal of a payment that lives',
    by: `update payment set status = 'credited' where payment_id = :returned;
         update channel_day set accepted_minor = accepted_minor + 10000 where channel_id = (select channel_id from channel where code = 'kiosk')`,
    finds: ['reversed-has-its-reversal'],
  },
  {
    broken: 'a reversal without its event',
    by: `delete from event where event_id = (select reversal_id from reversal where payment_id = :reversed)`,
    finds: ['reversal-has-its-event', 'event-is-numbered-once'],
  },
  {
    broken: 'a payment in a day sealed before it',
    by: `update business_day set sealed_at = (select accepted_at from payment where payment_id = :many)
          where biller_id = 1 and business_date = (select business_date from payment where payment_id = :many)`,
    finds: ['nothing-enters-a-sealed-day', 'nothing-decided-enters-a-sealed-day'],
  },
  {
    broken: 'credit that the ledger does not hold',
    by: `update credit set available_minor = available_minor + 1 where payer_id <> ''`,
    finds: ['credit-agrees-with-ledger'],
  },
  {
    broken: 'credit said to lie with the agency',
    by: `update credit set direct_minor = 1 where payer_id <> ''`,
    finds: ['credit-with-the-biller-agrees-with-ledger'],
  },
  {
    broken: 'suspense forgotten',
    by: `delete from credit where payer_id = ''`,
    finds: ['credit-agrees-with-ledger'],
  },
  {
    broken: 'a float that grew by itself',
    by: `update channel_position set available_minor = available_minor + 1 where channel_id = (select channel_id from channel where code = 'agent')`,
    finds: ['float-agrees-with-ledger'],
  },
  {
    broken: 'a float without its row',
    by: `delete from channel_position where channel_id = (select channel_id from channel where code = 'agent')`,
    finds: ['float-agrees-with-ledger'],
  },
  {
    broken: 'a credit limit without its row',
    by: `delete from channel_position where channel_id = (select channel_id from channel where code = 'shop')`,
    finds: ['credit-limit-agrees-with-ledger'],
  },
  {
    broken: 'a credit limit raised behind its position',
    by: `update channel set credit_limit = '{"OMR":"600000"}' where code = 'shop'`,
    finds: ['credit-limit-agrees-with-ledger'],
  },
  {
    broken: "a day's total that forgot a payment",
    by: `update channel_day set accepted_minor = accepted_minor - 1000 where channel_id = (select channel_id from channel where code = 'kiosk')`,
    finds: ['channel-day-equals-payments'],
  },
  {
    broken: "a day's total without its row",
    by: `delete from channel_day where channel_id = (select channel_id from channel where code = 'kiosk')`,
    finds: ['channel-day-equals-payments'],
  },
  {
    broken: 'rows of a biller that does not exist',
    by: `insert into event values (77, '01900000-0000-004d-0000-000000000007', 'bill.created', 'X', 1, '{}', now())`,
    finds: ['rows-belong-to-a-biller'],
  },
];
