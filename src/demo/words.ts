// Names of people and firms that do not exist, in the languages of their countries, and what their bills are for.

import type { Random } from './random.ts';

type Language = 'ar' | 'fr';

const PEOPLE: Record<Language, { given: readonly string[]; family: readonly string[] }> = {
  ar: {
    given: [
      'أحمد',
      'فاطمة',
      'سالم',
      'مريم',
      'خالد',
      'عائشة',
      'يوسف',
      'ليلى',
      'ناصر',
      'هدى',
      'سعيد',
      'نورة',
      'طارق',
      'زينب',
      'حمد',
      'سلمى',
      'ماجد',
      'رقية',
      'بدر',
      'أمل',
    ],
    family: [
      'البلوشي',
      'الحارثي',
      'الكواري',
      'المنصوري',
      'الهاشمي',
      'السعدي',
      'النجار',
      'عبد السلام',
      'الشاذلي',
      'الرواحي',
      'المري',
      'الدوسري',
      'حجازي',
      'الفارسي',
      'منصور',
      'الزدجالي',
    ],
  },
  fr: {
    given: [
      'Amine',
      'Yasmine',
      'Karim',
      'Nadia',
      'Rachid',
      'Samira',
      'Mourad',
      'Leïla',
      'Hocine',
      'Farida',
      'Sofiane',
      'Amel',
      'Tahar',
      'Djamila',
      'Nabil',
      'Soraya',
    ],
    family: [
      'Benali',
      'Boumediene',
      'Haddad',
      'Khelifi',
      'Meziane',
      'Ouali',
      'Saïdi',
      'Zerrouki',
      'Brahimi',
      'Cherif',
      'Lounis',
      'Mansouri',
      'Rahmani',
      'Toumi',
    ],
  },
};

const FIRMS: Record<Language, { kind: readonly string[]; name: readonly string[] }> = {
  ar: {
    kind: ['شركة', 'مؤسسة', 'مجموعة', 'مصنع', 'مكتب'],
    name: [
      'النور للتجارة',
      'الأمل للمقاولات',
      'الساحل للنقل',
      'الواحة للأغذية',
      'الرمال الذهبية',
      'الخليج للصيانة',
      'المنارة للتعليم',
      'اللؤلؤة للسياحة',
      'الجبل الأخضر',
      'الميناء للخدمات',
      'السدرة للزراعة',
      'البوابة للتقنية',
      'النخيل للأثاث',
      'القمر للنسيج',
    ],
  },
  fr: {
    kind: ['SARL', 'EURL', 'SPA', 'Entreprise', 'Ets'],
    name: [
      'Bâtiment du Tell',
      'Travaux Atlas',
      'Routes du Sud',
      'Maçonnerie Djurdjura',
      'Charpentes Aurès',
      'Béton Mitidja',
      'Carrelage El Bahdja',
      'Toitures Hoggar',
      'Conserves Soummam',
      'Textile Tassili',
      'Imprimerie El Amel',
      'Transport Chréa',
      'Menuiserie Ziban',
      'Électricité Tafna',
    ],
  },
};

export function personName(random: Random, language: Language): string {
  return `${random.pick(PEOPLE[language].given)} ${random.pick(PEOPLE[language].family)}`;
}

/** `number` keeps firms apart that chance would name alike. */
export function firmName(random: Random, language: Language, number: number): string {
  return `${random.pick(FIRMS[language].kind)} ${random.pick(FIRMS[language].name)} ${number}`;
}

const MONTHS = {
  ar: [
    'يناير',
    'فبراير',
    'مارس',
    'أبريل',
    'مايو',
    'يونيو',
    'يوليو',
    'أغسطس',
    'سبتمبر',
    'أكتوبر',
    'نوفمبر',
    'ديسمبر',
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
};

/** The month of a date `YYYY-MM-DD` in words. */
export function monthName(date: string, language: Language): string {
  return `${MONTHS[language][Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`;
}
