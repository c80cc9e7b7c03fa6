-- Whether a statement contradicts what we know of a debit, as long as persons have not decided: its money may be there.
create or replace function debit_contradicted(debit uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from break where state = 'open' and ours ->> 'debitId' = debit::text);
end $$;
