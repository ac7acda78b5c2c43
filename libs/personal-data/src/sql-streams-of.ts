import type { Sql } from './sql-key-rows';

/** The streams in which these subjects are named: all values of a subject lie in one stream. Unknown subjects are passed over. */
export async function sqlStreamsOf(
  sql: Sql,
  subjects: readonly string[],
): Promise<readonly Readonly<{ stream: string; subjects: readonly string[] }>[]> {
  const text = `
    select stream, array_agg(subject_ref::text order by subject_ref) as subjects
    from personal_data.subject where subject_ref = any ($1::uuid[]) group by stream order by stream`;
  return sql.query(text, [subjects]);
}
