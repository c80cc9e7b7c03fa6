// The words of the three languages and the filling of their places. A template stands in a list, best first: the
// first one whose {places} are all known is used, so braces never reach a caller. The codes never change by language.

import { isCode, type Code, type Facts, type Json } from '../../kernel/errors.ts';
import type { Language } from './language.ts';
import ar from './locales/ar.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import fr from './locales/fr.json' with { type: 'json' };

export type Locale = Omit<typeof en, 'problems'> & { problems: Record<Code, ProblemWords> };

export interface ProblemWords {
  title: string;
  detail: string[];
  page: { meaning: string; whatToDo: string };
}

export const LOCALES: Record<Language, Locale> = { en, fr, ar };

interface Template {
  /** Text, place, text, place, … text. */
  readonly parts: readonly string[];
}

const details = Object.fromEntries(
  Object.entries(LOCALES).map(([language, { problems }]) => [
    language,
    new Map(Object.entries(problems).map(([code, words]) => [code, words.detail.map(parse)])),
  ]),
) as Record<Language, Map<string, Template[]>>;

/** The sentence for a refusal; `facts` are looked through in order, the first that knows a place fills it. */
export function detailOf(language: Language, code: Code, ...facts: readonly (Facts | undefined)[]): string {
  for (const template of details[language].get(code) ?? []) {
    const text = fill(template, language, facts);
    if (text !== undefined) return text;
  }
  return LOCALES[language].problems[code].title;
}

/** What a refusal is called, for reports; what is no code of ours stays as it is. */
export function problemTitle(language: Language, code: string): string {
  return isCode(code) ? LOCALES[language].problems[code].title : code;
}

/** What is wrong at one place of a document; every place of these templates is given by who calls. */
export function faultText(language: Language, key: keyof Locale['faults'], facts: Facts): string {
  const text = LOCALES[language].faults[key];
  return fill(parse(text), language, [facts]) ?? text;
}

export function placesIn(template: string): string[] {
  return parse(template).parts.filter((_, index) => index % 2 === 1);
}

function parse(template: string): Template {
  return { parts: template.split(/\{([A-Za-z]+)\}/) };
}

function fill(
  { parts }: Template,
  language: Language,
  facts: readonly (Facts | undefined)[],
): string | undefined {
  let text = parts[0] ?? '';
  for (let at = 1; at < parts.length; at += 2) {
    const value = valueOf(parts[at] ?? '', facts);
    if (value === undefined) return undefined;
    // Isolates (Unicode UAX #9) keep a Latin value whole inside a right-to-left sentence.
    text += (language === 'ar' ? `\u2068${value}\u2069` : value) + (parts[at + 1] ?? '');
  }
  return text;
}

function valueOf(place: string, facts: readonly (Facts | undefined)[]): string | undefined {
  for (const known of facts) {
    if (known !== undefined && Object.hasOwn(known, place)) {
      const shown = show(known[place] ?? null);
      if (shown !== undefined) return shown;
    }
  }
  return undefined;
}

function show(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return undefined;
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? value.join(', ') : undefined;
  const { value: amount, currency } = value as { [key: string]: Json };
  return typeof amount === 'string' && typeof currency === 'string' ? `${amount} ${currency}` : undefined;
}
