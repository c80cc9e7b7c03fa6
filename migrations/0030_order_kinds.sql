-- Orders to banks are of several kinds, which share the way there and back. A file goes to a bank; about an account of
-- the operator's it is only where its kind says so: what is debited for an agency may be for an account of the agency's own.
alter table order_file add column kind text not null default 'transfer';
alter table order_file alter column kind drop default;
comment on column order_file.kind is 'transfer: pays remittances; whose contents it carries, and who is told of its answers';
alter table order_file add column bank_id smallint references bank;
update order_file f set bank_id = a.bank_id from bank_account a where a.account_id = f.account_id;
alter table order_file alter column bank_id set not null;
alter table order_file alter column account_id drop not null;
alter table order_file add constraint order_file_account_of_transfer check (kind <> 'transfer' or account_id is not null);
comment on column order_file.transfers is 'transactions in it, of whatever kind';
alter table order_file drop constraint order_file_state_check;
alter table order_file add constraint order_file_state_check
  check (state in ('made', 'withdrawn', 'handed-over', 'accepted', 'rejected', 'partly'));
comment on column order_file.state is 'withdrawn: its kind took it back before it could reach the bank, and it never goes';
