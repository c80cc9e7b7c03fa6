-- Until when an agency's debits are planned: what the worker missed after that is not the payer's delay.
alter table debit_terms add column planned_at timestamptz;
comment on column debit_terms.planned_at is 'when the last planning began that came to its end; what was known by then is owed as of the day that was meant';
