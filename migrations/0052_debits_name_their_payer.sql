-- A debit of an agency that another's mandate covers was written down under the payer's number with that other agency: in its
-- events, lists and reports he is now known by the number that the agency itself has for him.
update debit_order o set payer_id = c.payer_id
  from (select biller_id, mandate_biller_id, mandate_id, min(payer_id) as payer_id from mandate_cover
         where biller_id <> mandate_biller_id group by 1, 2, 3) c
 where c.biller_id = o.biller_id and c.mandate_biller_id = o.mandate_biller_id and c.mandate_id = o.mandate_id
   and o.biller_id <> o.mandate_biller_id;
comment on column debit_order.payer_id is 'by the number that its agency knows; of several that the mandate covers, the first';
