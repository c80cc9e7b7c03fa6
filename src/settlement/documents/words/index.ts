// Words of reports by language, and how names and amounts are written in them. Digits are Western in all three.

import type { Names } from '../../../billers/index.ts';
import { formatMinor } from '../../../kernel/money.ts';
import type { Language } from '../../../platform/http/index.ts';
import { ar } from './ar.ts';
import { en, type Words } from './en.ts';
import { fr } from './fr.ts';

export { dateIn, periodIn } from './dates.ts';
export type { Words } from './en.ts';

export const WORDS: Record<Language, Words> = { ar, fr, en };

export function nameIn(names: Names, language: Language): string {
  return names[language] ?? names.en;
}

/** With groups of three: `1,234.500`, in French `1 234,500`; a minus sign (not a hyphen) stands in front. */
export function amountIn(minor: bigint, currency: string, language: Language): string {
  const [whole = '', fraction] = formatMinor(minor, currency).replace('-', '\u2212').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\u00a0' : ',');
  if (fraction === undefined) return grouped;
  return `${grouped}${language === 'fr' ? ',' : '.'}${fraction}`;
}

export function countIn(count: number, language: Language): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\u00a0' : ',');
}
