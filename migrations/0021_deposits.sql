-- Numbers as payers write them in the text of a transfer: letters in upper case and digits, nothing else. Neither status
-- nor payment is in these indexes, so that paying a bill stays a HOT update (ADR 4).
create index bill_by_written_number on bill (upper(translate(bill_number, '._:/-', '') collate "C"), biller_id);
create index bill_by_written_payer on bill (upper(translate(payer_id, '._:/-', '') collate "C"), biller_id, payer_id);
