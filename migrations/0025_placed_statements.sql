-- A line is placed by an update that changes no index: what its outcome is stands in none of them, neither as a column nor
-- as a condition, and its page keeps room for the line as it is afterwards (HOT). Which statements have lines that wait, the
-- statement itself says.
alter table statement add column placed_at timestamptz;
comment on column statement.placed_at is 'since when none of its lines waits to be placed; null: one may';
update statement s set placed_at = business_now()
 where s.state = 'read' and s.sifted_at is not null
   and not exists (select from statement_line l where l.statement_id = s.statement_id and l.outcome is null);
create index statement_unplaced on statement (recorded_at, statement_id) where placed_at is null;
drop index statement_line_waiting;
alter table statement_line set (fillfactor = 50);
