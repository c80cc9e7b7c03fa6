-- Any change of what gateways keep in memory (billers, channels, agreements, keys …) moves the revision, and
-- waits for the groups that share-locked it: a group either sees the change or was committed before it.
-- The advisory lock comes first: it is given out in turn, where share locks of the row would pass a change for ever.
create or replace function touch_configuration() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock('configuration'::regclass::bigint);
  update configuration set revision = revision + 1;
  return null;
end $$;
