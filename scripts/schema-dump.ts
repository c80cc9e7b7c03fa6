// The schema of a database as text to be read and compared: tables by name, columns in their order, then constraints,
// indexes, triggers and functions by name. Read from the catalogue, so that any PostgreSQL from 15 on says the same.

import type { Tx } from '../src/platform/db/index.ts';

/** Throws when the schema holds a kind of thing that this dump could not show. */
export async function dumpSchema(tx: Tx): Promise<string> {
  await refuseUnknown(tx);
  const parts = [...(await lines(tx, TABLES)), ...(await lines(tx, FUNCTIONS))];
  return `-- The schema after every migration. Written by \`npm run schema\`; never edited.\n\n${parts.join('\n\n')}\n`;
}

async function lines(tx: Tx, sql: string): Promise<string[]> {
  return (await tx.query<{ text: string }>(sql)).map(({ text }) => text);
}

async function refuseUnknown(tx: Tx): Promise<void> {
  const unknown = await lines(tx, UNKNOWN);
  if (unknown.length > 0) throw new Error(`scripts/schema-dump.ts cannot show: ${unknown.join(', ')}`);
}

/** The migrations' own book belongs to knex. */
const OURS = `c.relnamespace = 'public'::regnamespace and c.relname not in ('migration', 'migration_lock')`;

const UNKNOWN = `
  select format('%s (relation of kind %s)', c.relname, c.relkind) as text
    from pg_class c where ${OURS} and c.relkind not in ('r', 'i', 't') and c.relname not like 'migration%\\_seq'
  union all
  select format('%s (type)', t.typname) from pg_type t
   where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd', 'r')
  union all
  select format('%s (policy)', p.polname) from pg_policy p
  union all
  select format('%s (identity or generated column of %s)', a.attname, c.relname)
    from pg_attribute a join pg_class c on c.oid = a.attrelid
   where ${OURS} and (a.attidentity <> '' or a.attgenerated <> '')
  order by 1`;

const TABLES = `
  with ours as (select c.oid, c.relname, c.relpersistence, c.reloptions from pg_class c where ${OURS} and c.relkind = 'r'),
  inside as (
    select a.attrelid as oid, 1 as part, a.attnum::int as nth, '' as name,
           format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) ||
           case when a.attnotnull then ' not null' else '' end ||
           coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attnum > 0 and not a.attisdropped
    union all
    -- PostgreSQL 18 has a constraint for each not null ('n'), earlier ones have not: the column says it.
    select conrelid, 2, 0, conname, format('constraint %I %s', conname, pg_get_constraintdef(oid))
      from pg_constraint where contype not in ('n', 't')
  ),
  after as (
    select i.indrelid as oid, 1 as part, x.relname::text as name, pg_get_indexdef(i.indexrelid) || ';' as line
      from pg_index i join pg_class x on x.oid = i.indexrelid
     where not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    union all
    select tgrelid, 2, tgname, pg_get_triggerdef(oid) || ';' from pg_trigger where not tgisinternal
    union all
    select objoid, 3, c.relname || '.' || coalesce(a.attname, ''),
           format('comment on %s is %L;', case when a.attname is null then format('table %I', c.relname)
                                               else format('column %I.%I', c.relname, a.attname) end, description)
      from pg_description m join pg_class c on c.oid = m.objoid
      left join pg_attribute a on a.attrelid = m.objoid and a.attnum = m.objsubid and m.objsubid > 0
     where m.classoid = 'pg_class'::regclass
  )
  select format(E'create %stable %I (\\n%s\\n)%s;', case o.relpersistence when 'u' then 'unlogged ' else '' end, o.relname,
                (select string_agg('  ' || line, E',\\n' order by part, nth, name collate "C") from inside where oid = o.oid),
                coalesce(' with (' || array_to_string(o.reloptions, ', ') || ')', '')) ||
         coalesce(E'\\n' || (select string_agg(line, E'\\n' order by part, name collate "C") from after where oid = o.oid), '') as text
    from ours o order by o.relname collate "C"`;

const FUNCTIONS = `
  select rtrim(pg_get_functiondef(p.oid), E'\\n') || ';' as text
    from pg_proc p where p.pronamespace = 'public'::regnamespace
   order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`;
