// Amounts, days and moments as people read them: grouped digits of the Latin script in every language, days by the calendar
// of the language. Amounts come as decimal texts and stay texts: no float ever holds one.

import type { Language } from './words.ts';

export interface Amount {
  readonly value: string;
  readonly currency: string;
}

const LOCALE: Record<Language, string> = { ar: 'ar-u-nu-latn-ca-gregory', en: 'en-GB', fr: 'fr-FR' };
const GROUP: Record<Language, string> = { ar: ',', en: ',', fr: '\u202f' };
const POINT: Record<Language, string> = { ar: '.', en: '.', fr: ',' };

/** '1234567.890' as '1,234,567.890'. */
export function showValue(value: string, language: Language): string {
  const [, sign = '', whole = '', fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === '') return value;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, GROUP[language]);
  return `${sign === '' ? '' : '\u2212'}${grouped}${fraction === undefined ? '' : POINT[language] + fraction}`;
}

export function showCount(count: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language]).format(count);
}

/** `share`: of one, as percent. */
export function showShare(share: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], { style: 'percent', maximumFractionDigits: 2 }).format(
    share,
  );
}

/** `day`: YYYY-MM-DD, which no time zone moves. */
export function showDay(day: string, language: Language): string {
  const parts = new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'medium', timeZone: 'UTC' });
  return parts.format(new Date(`${day}T00:00:00Z`));
}

/** An instant in the zone of who reads. */
export function showMoment(at: string, language: Language): string {
  const parts = new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'medium', timeStyle: 'medium' });
  return parts.format(new Date(at));
}

export function showTime(at: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], { timeStyle: 'medium' }).format(new Date(at));
}

/** An instant that is set by people, to the minute. */
export function showMinute(at: string, language: Language): string {
  const parts = new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'medium', timeStyle: 'short' });
  return parts.format(new Date(at));
}

/** How long something took. */
export function showDuration(ms: number, language: Language): string {
  const [count, unit] = ms < 1000 ? [Math.round(ms), 'millisecond'] : [Math.round(ms / 100) / 10, 'second'];
  return new Intl.NumberFormat(LOCALE[language], { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

/** An hour of the clock of who reads, on an axis. */
export function showHour(atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(new Date(atMs));
}

/** '12K': how much about, on an axis. */
export function showRough(height: number, language: Language): string {
  const digits = { notation: 'compact', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(LOCALE[language], digits).format(height);
}
