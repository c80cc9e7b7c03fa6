-- Whose account a bank that is called was told to credit: a statement of another account cannot show a debit's money.
alter table debit_order add column creditor_route text check (creditor_route in ('via-operator', 'direct'));
comment on column debit_order.creditor_route is 'by the bank''s API: whose account its first call named; null: it was not called, or by a version before';
