-- A payment whose money the operator has given back to the channel at his own cost: it stays accepted, its bills stay paid
-- and its agency keeps what it is owed. Nothing more can be given back for it, so it is never reversed nor rejected.
create table absorbed_payment (
  biller_id   integer not null,
  payment_id  uuid not null,
  journal_id  uuid not null,
  recorded_at timestamptz not null,
  primary key (biller_id, payment_id)
);
comment on column absorbed_payment.journal_id is 'that books the loss';
create trigger absorbed_payment_append_only before update or delete or truncate on absorbed_payment
  for each statement execute function refuse_change();

alter table dispute drop constraint dispute_outcome_check;
alter table dispute add constraint dispute_outcome_check
  check (outcome in ('refund-to-credit', 'chargeback', 'absorb', 'uphold', 'refuse'));
comment on column dispute.journal_id is 'that made the money the payer''s credit, or the operator''s loss';
