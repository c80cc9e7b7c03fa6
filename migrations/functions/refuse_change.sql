-- Guards rows that are written once: corrections are new rows, never changes of old ones.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
