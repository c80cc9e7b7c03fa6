// The whole kiosk: its language, its settings, and what stands around every screen.

import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { callIn } from '../reach/call.ts';
import { fill } from '../words/fill.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../words/words.ts';
import { Mark } from '../parts/mark.tsx';
import type { Book, Settings } from './book.ts';
import { Running } from './running.tsx';
import { SetUp } from './screens/set-up.tsx';
import { KioskSpeech, useSpeech, WORDS } from './speech.ts';

interface AppProps {
  book: Book;
  kept: Settings | undefined;
  language: Language;
}

export function App({ book, kept, language: first }: AppProps) {
  const [language, speak] = useState(first);
  const [settings, setSettings] = useState(kept);
  const [isSettingUp, setSettingUp] = useState(kept === undefined);
  const speech = useMemo(() => ({ language, speak, words: WORDS[language] }), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
    document.title = WORDS[language].title;
    callIn(language);
  }, [language]);
  const setUp = useCallback(() => setSettingUp(true), []);
  const save = (changed: Settings): void => {
    void book.putSettings(changed).then(() => {
      setSettings(changed);
      setSettingUp(false);
      speak(changed.language);
    });
  };
  const isRunning = settings !== undefined && !isSettingUp;
  return (
    <KioskSpeech.Provider value={speech}>
      <div class="kiosk">
        <Top press={isRunning ? setUp : undefined} />
        <main>
          {isRunning ? (
            <Running key={settings.key} book={book} settings={settings} />
          ) : (
            <SetUp book={book} settings={settings} save={save} leave={() => setSettingUp(false)} />
          )}
        </main>
        <Bottom settings={settings} />
      </div>
    </KioskSpeech.Provider>
  );
}

const PRESSES = 5;
const WITHIN_MS = 4_000;

/** Pressed five times in a row, the sign leads the technician to the settings, where he needs a key. */
function Top({ press }: { press: (() => void) | undefined }) {
  const { words } = useSpeech();
  const [presses, setPresses] = useState<readonly number[]>([]);
  const onClick = (event: MouseEvent): void => {
    const recent = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    setPresses(recent.length < PRESSES ? recent : []);
    if (recent.length >= PRESSES) press?.();
  };
  return (
    <header class="top">
      <button type="button" class="sign" aria-label={words.technician} onClick={onClick}>
        <Mark />
      </button>
      <h1>{words.title}</h1>
      <Tongues />
    </header>
  );
}

function Tongues() {
  const { words, language, speak } = useSpeech();
  return (
    <div class="tongues" role="group" aria-label={words.languages}>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          onClick={() => speak(each)}
        >
          {LANGUAGE_NAMES[each]}
        </button>
      ))}
    </div>
  );
}

function Bottom({ settings }: { settings: Settings | undefined }) {
  const { words } = useSpeech();
  if (settings === undefined) return null;
  return (
    <footer class="bottom">
      <bdi dir="ltr">{settings.outletId}</bdi>
      {settings.acceptor === 'played' && <strong>{words.played}</strong>}
      {settings.helpline !== '' && <span>{fill(words.helpline, { phone: settings.helpline })}</span>}
    </footer>
  );
}
