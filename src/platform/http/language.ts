// Which of ar, fr, en the caller reads (RFC 9110 §12.5.4). English when nothing fits. The header is the caller's,
// so what is remembered about it is bounded: clients send one or two values, an attacker may send millions.

export const LANGUAGES = ['en', 'fr', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

const LONGEST_HEADER = 256;
const REMEMBERED = 512;
const remembered = new Map<string, Language>();

export function isLanguage(text: string): text is Language {
  return text === 'en' || text === 'fr' || text === 'ar';
}

/** The best language for an `Accept-Language` header; only its first 256 characters are read. */
export function negotiate(header: string | undefined): Language {
  if (header === undefined || header === '') return 'en';
  const text = header.length > LONGEST_HEADER ? header.slice(0, LONGEST_HEADER) : header;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const language = parse(text);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(text, language);
  return language;
}

function parse(text: string): Language {
  // A Map keeps the order of the header, which decides between equal weights.
  const weights = new Map<Language, number>();
  let others = 0;
  for (const part of text.toLowerCase().split(',')) {
    const [range = '', ...parameters] = part.split(';');
    const primary = range.trim().split('-')[0] ?? '';
    if (primary === '*') others = weightOf(parameters);
    else if (isLanguage(primary)) {
      weights.set(primary, Math.max(weightOf(parameters), weights.get(primary) ?? 0));
    }
  }
  for (const language of LANGUAGES) if (!weights.has(language)) weights.set(language, others);
  let best: Language = 'en';
  let bestWeight = 0;
  for (const [language, weight] of weights) {
    if (weight > bestWeight) [best, bestWeight] = [language, weight];
  }
  return best;
}

function weightOf(parameters: string[]): number {
  for (const parameter of parameters) {
    const [name, value = ''] = parameter.split('=');
    if (name?.trim() !== 'q') continue;
    const weight = Number(value.trim());
    return weight >= 0 && weight <= 1 ? weight : 0;
  }
  return 1;
}
