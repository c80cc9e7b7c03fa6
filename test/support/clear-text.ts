// Where in a database something stands in clear: every column of every table is looked through, bytes and JSON too.
import type { Database } from '../../src/platform/db/index.ts';

/** `table.column: what stands there`, for every column with one of these, however it is spaced. */
export async function clearIn(db: Database, needles: readonly string[]): Promise<string[]> {
  return db.transaction(async (tx) => {
    const columns = await tx.query<{ table: string; column: string; type: string }>(
      `select c.table_name as table, c.column_name as column, c.data_type as type
         from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2`,
    );
    const found: string[] = [];
    for (const { table, column, type } of columns) {
      const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
      const [row] = await tx.query<{ text: string }>(
        `select left(${text}, 2000) as text from "${table}"
          where translate(${text}, ' -', '') ~ $1 limit 1`,
        [needles.join('|')],
      );
      if (row !== undefined) found.push(`${table}.${column}: ${row.text}`);
    }
    return found;
  });
}
