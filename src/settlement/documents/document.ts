// The documents of a settlement: which there are, and what they are called outside.

import type { Uuid } from '../../kernel/ids.ts';
import type { Language } from '../../platform/http/index.ts';
import type { Batch } from '../batch.ts';

export const FORMATS = ['json', 'pdf', 'csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export interface DocumentKey {
  readonly billerId: number;
  readonly settlementId: Uuid;
  readonly format: Format;
  readonly language: Language;
}

/** JSON and CSV are for programs too: one of each, whatever the language. */
export function languageFor(format: Format, language: Language): Language {
  return format === 'json' || format === 'csv' ? 'en' : language;
}

/** In the order of their making: small ones first, the last one is English XLSX. */
export const DOCUMENTS: readonly Pick<DocumentKey, 'format' | 'language'>[] = [
  { format: 'json', language: 'en' },
  { format: 'pdf', language: 'ar' },
  { format: 'pdf', language: 'fr' },
  { format: 'pdf', language: 'en' },
  { format: 'csv', language: 'en' },
  { format: 'xlsx', language: 'ar' },
  { format: 'xlsx', language: 'fr' },
  { format: 'xlsx', language: 'en' },
];

export const MEDIA_TYPES: Record<Format, string> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

export function fileName(
  { billerCode, businessDate }: { billerCode: string; businessDate: string },
  format: Format,
  language: Language,
): string {
  const isForOneReader = format === 'xlsx' || format === 'pdf';
  return `${billerCode}-${businessDate}-settlement${isForOneReader ? `-${language}` : ''}.${format}`;
}

/** Who asks for no language gets the first of Arabic and French that the agency has a name in, else English. */
export function ownLanguage({ facts }: Pick<Batch, 'facts'>): Language {
  if (facts.billerName.ar !== undefined) return 'ar';
  return facts.billerName.fr === undefined ? 'en' : 'fr';
}
