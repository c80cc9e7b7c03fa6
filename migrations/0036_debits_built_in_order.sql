-- Debits are built in the order of their days and ids, a lot at a time: an index that ends at the day would have each lot
-- sort all that is due on it.
drop index debit_order_to_build;
create index debit_order_to_build on debit_order (biller_id, send_on, debit_id) where state = 'planned';
