-- A session has a name of its own, by which its owner sees and ends it; and says which program opened it.
alter table staff_session
  add column session_id uuid not null default gen_random_uuid(),
  add column user_agent text not null default '';
create unique index staff_session_by_id on staff_session (session_id);
comment on column staff_session.user_agent is 'as the browser or program calls itself, cut at 200 characters';
