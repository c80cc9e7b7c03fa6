-- Every secret of a webhook that was replaced less than a day ago signs too: several, when it is changed again within
-- the day. Sealed as the one that stands.
create table webhook_old_secret (
  biller_id     integer not null references webhook on delete cascade,
  sealed_secret bytea not null,
  signs_until   timestamptz not null,
  primary key (biller_id, sealed_secret)
);
insert into webhook_old_secret (biller_id, sealed_secret, signs_until)
select biller_id, previous_secret, previous_until from webhook where previous_secret is not null and previous_until is not null;
alter table webhook drop column previous_secret, drop column previous_until;

-- What stands aside is called so everywhere; `waiting` is what was never sent.
alter table delivery_aside drop constraint delivery_aside_state_check;
update delivery_aside set state = 'aside' where state = 'waiting';
alter table delivery_aside add constraint delivery_aside_state_check check (state in ('aside', 'parked'));
