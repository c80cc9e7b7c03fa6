-- Files to and from banks name the accounts of payers and agencies: they are kept sealed with the installation's master key,
-- as accounts are in their own tables. A row has its bytes sealed, or, where a version before this wrote it, in clear; both
-- are read, and the worker seals the clear ones by and by (SQL has no key). Afterwards `vacuum full order_file, bank_answer`
-- takes what was in clear off the disk too; backups and the files in banks' folders are of their own.
alter table order_file
  add column sealed_bytes bytea,
  add column ids_sha256 bytea,
  alter column bytes drop not null,
  add constraint order_file_is_whole check (num_nonnulls(bytes, sealed_bytes) = 1);
alter table order_file alter column sealed_bytes set storage external;
comment on column order_file.bytes is 'in clear, as a version before this wrote it, until the worker seals it';
comment on column order_file.sealed_bytes is 'what the bank is given, sealed and bound to the file''s id';
comment on column order_file.sha256 is 'of the bytes that are stored, sealed or not, so that the books tell without a key whether they were changed. Never of what a sealed file says: all but the account of a payer may be known of a small one, and the number be found by trying';
comment on column order_file.ids_sha256 is 'of the end-to-end ids that the file names, sorted, one a line: the books tell by it what a sealed file orders; null: it is in clear';
create index order_file_clear on order_file (file_id) where bytes is not null;

alter table bank_answer
  add column sealed_bytes bytea,
  alter column bytes drop not null,
  add constraint bank_answer_is_whole check (num_nonnulls(bytes, sealed_bytes) = 1);
alter table bank_answer alter column sealed_bytes set storage external;
comment on column bank_answer.bytes is 'in clear, as a version before this wrote it, until the worker seals it';
comment on column bank_answer.sha256 is 'by which the same bytes are one answer: of a sealed one HMAC-SHA-256 under a key of the installation, for a plain digest would betray the accounts in it to whoever tries numbers';
create index bank_answer_clear on bank_answer (answer_id) where bytes is not null;
