-- Payers' credit that lies on the agency's own account: a debit of the direct route has brought it there, or the agency
-- has rejected what was credited to it directly. The operator has none of it, and neither remits nor refunds it.
alter table credit add column direct_minor bigint not null default 0;
alter table credit add constraint credit_direct_minor_check check (direct_minor between 0 and available_minor);
comment on column credit.direct_minor is 'what of available_minor lies on the agency''s own account';

alter table adjustment add column route text not null default 'via-operator';
alter table adjustment add constraint adjustment_route_check check (route in ('via-operator', 'direct'));
comment on column adjustment.route is 'direct: the agency has it on its own account already';
