-- What a line of a statement contradicts of a debit keeps it from being tried again until persons have decided.
create index break_of_debit on break ((ours ->> 'debitId')) where ours ->> 'debitId' is not null;

-- A debit that early word and a statement tell under references of their own is one by its end-to-end id.
create index statement_line_of_debit on statement_line (end_to_end_id) where end_to_end_id like 'WSTD%';
