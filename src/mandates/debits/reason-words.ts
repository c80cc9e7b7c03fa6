// Why a debit or a mandate came to nothing, in the payer's own plain words: one sentence without the bank's code, which
// also fits an SMS. Texts in texts/*.json, the same causes in each language; last the reasons that are not a bank's.

import type { Cause } from './reasons.ts';
import ar from './texts/ar.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };

export type ReasonLanguage = 'ar' | 'fr' | 'en';

const TEXTS: Readonly<Record<ReasonLanguage, Readonly<Record<Cause, string>>>> = { ar, fr, en };

export function wordsFor(cause: Cause, language: ReasonLanguage): string {
  return TEXTS[language][cause];
}

/** In each language, of a bank's cause or of a reason of our own (why it is held or dropped); null: there are none. */
export function inWords(why: string): Record<ReasonLanguage, string> | null {
  const known = ALL_WHYS.find((one) => one === why);
  return known === undefined ? null : { ar: ar[known], fr: fr[known], en: en[known] };
}

const ALL_WHYS = Object.keys(en).filter((name): name is keyof typeof en => Object.hasOwn(en, name));
