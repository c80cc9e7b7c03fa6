// The detail of a settlement as its readers read it: rows by the names of the header, and sums of a column.

/** RFC 4180, without line breaks inside fields. */
function cells(line: string): string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match): string => {
    const [, quoted, plain] = match as unknown[];
    if (typeof quoted === 'string') return quoted.replaceAll('""', '"');
    return typeof plain === 'string' ? plain : '';
  });
}

export type CsvRow = Readonly<Record<string, string>>;

export function csvRows(bytes: Buffer): CsvRow[] {
  const [head = '', ...lines] = bytes.toString().trimEnd().split('\n');
  const names = cells(head);
  return lines.map((line) =>
    Object.fromEntries(cells(line).map((cell, i): [string, string] => [names[i] ?? '', cell])),
  );
}

const minor = (amount: string | undefined): bigint => BigInt((amount ?? '0').replace('.', ''));

/** In minor units. */
export function sumOf(rows: readonly CsvRow[], name = 'amount'): bigint {
  return rows.reduce((all, row) => all + minor(row[name]), 0n);
}

/** What of the detail is in the net of its route (docs/reports.md, "How the detail adds up"). */
export function keptBy(rows: readonly CsvRow[], route: 'via-operator' | 'direct'): CsvRow[] {
  return rows.filter((row) => row['credited'] === '' && row['route'] === route);
}
