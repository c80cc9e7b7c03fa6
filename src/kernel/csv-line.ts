// One line of CSV as RFC 4180 writes it: fields by commas (or what else a bank puts between them), quoted where needed,
// a quote inside doubled.

const QUOTE = 0x22;

/**
 * Fields of one line with quotes, none open at its end. `delimiter`: one character. `bareQuotes`: what a quote is that stands
 * inside a field which does not begin with one; RFC 4180 has none there.
 */
export function splitCsvLine(
  line: string,
  delimiter = ',',
  bareQuotes: 'stray' | 'text' = 'stray',
): string[] | 'stray-quote' {
  const fields: string[] = [];
  for (let at = 0; ;) {
    if (line.charCodeAt(at) === QUOTE) {
      const end = closingQuote(line, at + 1);
      if (end + 1 < line.length && line[end + 1] !== delimiter) return 'stray-quote';
      fields.push(line.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const comma = line.indexOf(delimiter, at);
      const field = line.slice(at, comma < 0 ? line.length : comma);
      if (bareQuotes === 'stray' && field.includes('"')) return 'stray-quote';
      fields.push(field);
      at = comma < 0 ? line.length : comma;
    }
    if (at >= line.length) return fields;
    at++;
    if (at === line.length) return [...fields, ''];
  }
}

function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line.charCodeAt(at + 1) === QUOTE) at = line.indexOf('"', at + 2);
  return at < 0 ? line.length : at;
}
