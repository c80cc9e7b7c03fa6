-- A return of a debit whose credit the payer has spent: persons are asked what it costs whom.
alter table debit_word add column approval_id uuid, add column asked smallint not null default 0;
comment on column debit_word.approval_id is 'the last request by which persons decide about it; null: nobody had to be asked';
comment on column debit_word.asked is 'how often they were asked';
