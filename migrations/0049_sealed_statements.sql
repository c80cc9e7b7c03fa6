-- Files of statements name the accounts of payers and agencies: their bytes are kept sealed with the installation's master key,
-- as order files and answers are (0037). A chunk has its bytes sealed, or, where a version before this wrote it, in clear;
-- both are read, and the worker seals the clear ones by and by (SQL has no key). Afterwards `vacuum full
-- statement_file_chunk` takes what was in clear off the disk too.
alter table statement_file_chunk
  add column sealed_bytes bytea,
  alter column bytes drop not null,
  add constraint statement_file_chunk_is_whole check (num_nonnulls(bytes, sealed_bytes) = 1);
alter table statement_file_chunk alter column sealed_bytes set storage external;
comment on column statement_file_chunk.bytes is 'in clear, as a version before this wrote it, until the worker seals it';
comment on column statement_file_chunk.sealed_bytes is 'as the bank wrote it, sealed and bound to its file and place';
create index statement_file_chunk_clear on statement_file_chunk (file_id, chunk) where bytes is not null;
