// The name of a party in the language of whoever reads.

import type { Language } from './words.ts';

export type Names = Readonly<Partial<Record<Language, string>>>;

/** `code`: where it has no name at all. */
export function nameIn(names: Names, language: Language, code: string): string {
  return names[language] ?? names.en ?? code;
}
