-- Answers of banks are fetched from folders at SFTP as statements are: what has been fetched is remembered in one table for
-- both, so that neither fetches a file twice and each has its own memory of a folder that both look into.
alter table bank add column answers jsonb not null default '{}';
comment on column bank.answers is 'how its answers to orders are fetched (src/orders/answer-settings.ts)';
alter table statement_fetched rename to picked_up;
alter table picked_up add column what text not null default 'statement' check (what in ('statement', 'answer'));
alter table picked_up alter column what drop default;
alter table picked_up drop constraint statement_fetched_pkey;
alter table picked_up add constraint picked_up_pkey primary key (bank_id, what, name, size, modified_at);
alter table picked_up rename constraint statement_fetched_bank_id_fkey to picked_up_bank_id_fkey;
comment on column picked_up.file_id is 'of statement_file or bank_answer; null: it was too large, or no file';
