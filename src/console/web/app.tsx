// The whole console: the language, who is signed in, and the page of the address within the frame.

import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Frame } from './frame/frame.tsx';
import { Loading } from './parts/loaded.tsx';
import { Refused } from './pages/refused.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { useAddress } from './reach/address.ts';
import { callIn } from './reach/call.ts';
import { useSession, type Staff } from './reach/session.ts';
import type { PageProps, Place } from './place.ts';
import { placeOf } from './places.ts';
import type { ComponentType } from 'preact';
import { keepLanguage, loadWords, SpeechContext, type Language, type Words } from './words/words.ts';

interface Spoken {
  readonly language: Language;
  readonly words: Words;
}

export function App({ first }: { first: Spoken }) {
  const [spoken, setSpoken] = useState(first);
  const session = useSession();
  const asked = useRef(first.language);
  const speak = useCallback((language: Language): void => {
    asked.current = language;
    void loadWords(language).then((words) => {
      // Of two that were asked for the later one holds, whichever comes first.
      if (asked.current !== language) return;
      keepLanguage(language);
      callIn(language);
      setSpoken({ language, words });
    });
  }, []);
  const { language, words } = spoken;
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  }, [language]);
  const speech = useMemo(() => ({ language, words, speak }), [language, words, speak]);
  return (
    <SpeechContext.Provider value={speech}>
      {session === undefined ? (
        <Loading />
      ) : session === null ? (
        <SignInPage />
      ) : (
        <Signed staff={session.staff} />
      )}
    </SpeechContext.Provider>
  );
}

function Signed({ staff }: { staff: Staff }) {
  const { path } = useAddress();
  const found = placeOf(path);
  const may = found?.place.roles.includes(staff.role) ?? false;
  return (
    <Frame staff={staff} place={found?.place}>
      {found === undefined ? (
        <Refused why="missing" />
      ) : may ? (
        <PageOf key={path} place={found.place} staff={staff} named={found.named} />
      ) : (
        <Refused why="forbidden" />
      )}
    </Frame>
  );
}

/** Each page's script is loaded when it is gone to. */
function PageOf({ place, ...props }: { place: Place } & PageProps) {
  const [Page, setPage] = useState<ComponentType<PageProps>>();
  const [isDead, setDead] = useState(false);
  useEffect(() => {
    place.load().then(
      ({ default: loaded }) => setPage(() => loaded),
      () => setDead(true),
    );
  }, [place]);
  if (isDead) return <Refused why="dead" />;
  return Page === undefined ? <Loading /> : <Page {...props} />;
}
