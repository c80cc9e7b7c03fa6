-- The time of the books. In production it is the database's clock; the embedded demo may shift it
-- (`wasit demo clock`), so that days can be tried from outside. Volatile: read after a lock, it is fresh.
create or replace function business_now() returns timestamptz language plpgsql volatile as $$
declare shift interval;
begin
  select d.shift into shift from demo_clock d;
  return clock_timestamp() + coalesce(shift, interval '0');
end $$;
