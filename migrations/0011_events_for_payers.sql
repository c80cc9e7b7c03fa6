-- Of most payments nobody is told but the agency: no payer was named and the bills name none. The transaction that
-- causes the event knows; whoever plans messages then passes it by without looking. null: nobody is to be told. true:
-- somebody may be, so it is looked at, as are all events that were written before there was this column. (null takes no
-- room in a row of the feed.)
alter table event_outbox add column for_payers boolean default true;
alter table event_feed add column for_payers boolean default true;
