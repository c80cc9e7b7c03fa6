-- What statements say of debits: the money of one, of a whole file of them, and what a bank took back.
alter table statement_line drop constraint statement_line_outcome_check;
alter table statement_line add constraint statement_line_outcome_check
  check (outcome in ('remittance', 'order-total', 'returned', 'debit', 'debit-total', 'debit-returned', 'channel', 'top-up', 'charge',
                     'direct', 'deposit', 'suspense', 'repeated', 'reversed', 'other', 'break'));
comment on column statement_match.subject_id is 'the remittance, debit, payment, or statement (with subject_line) that it is about';

-- The credit of a file of debits is of several channels at once.
alter table channel_ahead drop constraint channel_ahead_pkey, add primary key (statement_id, line, channel_id);

-- A debit that is credited to the agency itself may be several payments of one date.
alter table direct_proof drop constraint direct_proof_pkey;
create unique index direct_proof_once on direct_proof (biller_id, channel_id, business_date, statement_id, line, payment_id) nulls not distinct;
