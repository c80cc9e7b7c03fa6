// The words of the pages in the language of whoever reads: loaded alone, and known to the compiler by their English form.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type en from '../../locales/en.ts';

export type Words = typeof en;
export type Language = 'ar' | 'en' | 'fr';

export const LANGUAGES: readonly Language[] = ['ar', 'fr', 'en'];
/** Each in its own. */
export const LANGUAGE_NAMES: Record<Language, string> = { ar: 'العربية', en: 'English', fr: 'Français' };

const LOADERS: Record<Language, () => Promise<{ default: Words }>> = {
  ar: () => import('../../locales/ar.ts'),
  en: () => import('../../locales/en.ts'),
  fr: () => import('../../locales/fr.ts'),
};
const KEPT_AS = 'wasit-language';

export async function loadWords(language: Language): Promise<Words> {
  return (await LOADERS[language]()).default;
}

/** The one chosen here before, else that of the document, which the server wrote as the browser asks. */
export function firstLanguage(): Language {
  const known = (code: string | null): code is Language => LANGUAGES.includes(code as Language);
  const kept = localStorage.getItem(KEPT_AS);
  if (known(kept)) return kept;
  return known(document.documentElement.lang) ? document.documentElement.lang : 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT_AS, language);
}

export interface Speech {
  readonly words: Words;
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

export const SpeechContext = createContext<Speech | undefined>(undefined);

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === undefined) throw new Error('no words were loaded');
  return speech;
}

export function useWords(): Words {
  return useSpeech().words;
}
