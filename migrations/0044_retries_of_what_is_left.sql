-- A debit is tried again for what is left of it: another try may have been dropped, or have lost bills, before any bank had it. That no
-- bill is in two tries at once is the rule of live bills (debit_bill_live); tries of one agency are planned one after the other.
drop index debit_order_retry_of;
create index debit_order_retry_of on debit_order (biller_id, retry_of) where retry_of is not null;
