// The three languages, each named in itself.

import { LANGUAGE_NAMES, LANGUAGES, useSpeech } from '../words/words.ts';

export function Languages() {
  const { language, speak, words } = useSpeech();
  return (
    <div class="languages" role="group" aria-label={words.common.language}>
      {LANGUAGES.map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === language} onClick={() => speak(one)}>
          {LANGUAGE_NAMES[one]}
        </button>
      ))}
    </div>
  );
}
