-- Any change of what gateways keep in memory (billers, channels, agreements, keys …) moves the revision, and
-- waits for the groups that share-locked it: a group either sees the change or was committed before it.
create or replace function touch_configuration() returns trigger language plpgsql as $$
begin
  update configuration set revision = revision + 1;
  return null;
end $$;
