-- Which of these bills a debit is collecting that a bank may have: until it is answered, nothing of them changes. Asked after
-- the bill's lock, in a statement of its own: whoever builds a debit locks its bills first.
create or replace function bills_in_debit(biller integer, numbers text[]) returns setof text language plpgsql stable as $$
begin
  return query
    select b.bill_number
      from unnest(numbers) as wanted(bill_number)
      join debit_bill b on b.biller_id = biller and b.bill_number = wanted.bill_number and b.live
      join debit_order o on o.biller_id = b.biller_id and o.debit_id = b.debit_id
     where o.state in ('built', 'sent');
end $$;
