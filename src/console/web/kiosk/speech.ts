// The kiosk's words: all three languages at once, for the next payer may stand there without a line.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import ar from '../../locales/ar/kiosk.json' with { type: 'json' };
import en from '../../locales/en/kiosk.json' with { type: 'json' };
import fr from '../../locales/fr/kiosk.json' with { type: 'json' };
import type { Language } from '../words/words.ts';

export type KioskWords = typeof en;

export const WORDS: Record<Language, KioskWords> = { ar, en, fr };

interface Speech {
  readonly words: KioskWords;
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

export const KioskSpeech = createContext<Speech | undefined>(undefined);

export function useSpeech(): Speech {
  const speech = useContext(KioskSpeech);
  if (speech === undefined) throw new Error('the kiosk has no words');
  return speech;
}
