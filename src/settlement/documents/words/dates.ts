// Dates in words. Own tables: what the runtime knows of languages changes with its version, and documents are to stay
// the same.

import { weekdayOf, type BusinessDate } from '../../../kernel/business-date.ts';
import type { Language } from '../../../platform/http/index.ts';

/** From Monday on. */
const WEEKDAYS: Record<Language, string> = {
  ar: 'الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد',
  fr: 'Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche',
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
};
const MONTHS: Record<Language, string> = {
  ar: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  en: 'January February March April May June July August September October November December',
};

/** `Sunday 22 November 2026`. */
export function dateIn(date: BusinessDate, language: Language): string {
  return `${WEEKDAYS[language].split(' ')[weekdayOf(date) - 1] ?? ''} ${dayIn(date, language)}`;
}

/** Both days included. */
export function periodIn(from: BusinessDate, to: BusinessDate, language: Language): string {
  if (from === to) return dateIn(from, language);
  const [first, last] = [dayIn(from, language), dayIn(to, language)];
  switch (language) {
    case 'ar':
      return `من ${first} إلى ${last}`;
    case 'fr':
      return `du ${first} au ${last}`;
    case 'en':
      return `${first} to ${last}`;
  }
}

function dayIn(date: BusinessDate, language: Language): string {
  const day = Number(date.slice(8));
  const month = MONTHS[language].split(' ')[Number(date.slice(5, 7)) - 1] ?? '';
  return `${language === 'fr' && day === 1 ? '1er' : day} ${month} ${date.slice(0, 4)}`;
}
