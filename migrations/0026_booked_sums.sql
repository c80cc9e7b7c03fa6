-- A bank books a sum and tells its parts: one entry of several lines; and, of a notification, all of its entries of a day
-- together (entry 0). Kept to know the same booking when one message says the sum and another its parts.
alter table statement_line add column sum_reference text;
comment on column statement_line.sum_reference is 'the bank''s reference of the booking whose parts this line is one of; bank_reference is its own';
alter table statement add column message text not null default '';
comment on column statement.message is 'camt.053, MT940, csv: two messages may say one booking under references of their own';
create table statement_sum (
  statement_id uuid not null references statement,
  entry        integer not null,
  first_line   integer not null,
  lines        integer not null check (lines > 0),
  account_id   smallint,
  biller_id    integer,
  booked_on    date not null,
  amount_minor bigint not null,
  reference    text,
  primary key (statement_id, entry)
);
create index statement_sum_by_amount on statement_sum (booked_on, amount_minor);
