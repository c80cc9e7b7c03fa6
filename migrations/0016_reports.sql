-- The digest of a CSV with its byte order mark, which is not kept in its bytes.
alter table settlement_document add column marked_sha256 bytea;
comment on column settlement_document.marked_sha256 is 'of CSV: SHA-256 with the byte order mark in front';

-- What the gateways answered and how fast, added up in memory and written every few seconds: operation `pay` or
-- `inquire`, outcome `ok` or a problem's code; `confirm` counts events by the time until the agency had them. bucket is
-- the upper limit in milliseconds, 2147483647 for none.
create table service_hour (
  biller_id integer not null,
  hour      timestamptz not null,
  operation text not null check (operation in ('pay', 'inquire', 'confirm')),
  outcome   text not null,
  bucket    integer not null,
  answers   bigint not null,
  primary key (biller_id, hour, operation, outcome, bucket)
) with (fillfactor = 70);

-- The minutes of an hour in which some gateway lived and reached the database.
create table gateway_hour (
  hour    timestamptz primary key,
  minutes bit(60) not null
) with (fillfactor = 70);

-- How far the feed of a biller has been counted into service_hour.
create table confirmation_tally (
  biller_id integer primary key references biller,
  number    bigint not null
) with (fillfactor = 50);
