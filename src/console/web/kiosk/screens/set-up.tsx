// The technician's page. It shows and changes nothing before the gateway knows the key, or it is the one kept here.

import { useState } from 'preact/hooks';
import type { Problem } from '../../reach/call.ts';
import { fill } from '../../words/fill.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../words/words.ts';
import type { Book, Offer, Settings } from '../book.ts';
import { caller } from '../courier.ts';
import { findMachine } from '../machine.ts';
import { OFFERS_PATH } from '../offers.ts';
import { Told, ToldProblem } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { OpenTakings } from './open-takings.tsx';
import { Entry, Pick } from './entries.tsx';

interface SetUpProps {
  book: Book;
  settings: Settings | undefined;
  save: (settings: Settings) => void;
  leave: () => void;
}

export function SetUp({ book, settings, save, leave }: SetUpProps) {
  const { words } = useSpeech();
  const [key, setKey] = useState('');
  const [known, setKnown] = useState<Known>();
  const [isOther, setOther] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const check = async (): Promise<void> => {
    setProblem(undefined);
    setOther(false);
    const found = await askWhose(key.trim());
    const isKept = settings?.key === key.trim();
    if (isKept && found.problem?.code === 'no-answer') {
      setKnown({ channelCode: settings.channelCode, offers: (await book.offers()) ?? [] });
    } else if (found.known === undefined) setProblem(found.problem);
    else if (
      settings !== undefined &&
      settings.channelCode !== found.known.channelCode &&
      (await isOwing(book))
    )
      setOther(true);
    else setKnown(found.known);
  };
  if (known !== undefined)
    return <Details book={book} kept={settings} channelKey={key.trim()} known={known} save={save} />;
  return (
    <form
      class="screen"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <h2>{words.setUp.title}</h2>
      <Entry label={words.setUp.key} hint={words.setUp.keyHint} value={key} onValue={setKey} isSecret />
      {problem !== undefined && <ToldProblem problem={problem} />}
      {isOther && <Told tone="bad">{words.setUp.otherChannel}</Told>}
      <footer class="choices">
        {settings !== undefined && (
          <button type="button" class="big" onClick={leave}>
            {words.cancel}
          </button>
        )}
        <button type="submit" class="big main" disabled={key.trim() === ''}>
          {words.setUp.check}
        </button>
      </footer>
    </form>
  );
}

interface Known {
  readonly channelCode: string;
  readonly offers: readonly Offer[];
}

async function askWhose(key: string): Promise<{ known?: Known; problem?: Problem }> {
  const ask = caller(key);
  const position = await ask<{ channelCode: string }>({ path: '/v1/position?limit=1' });
  if (!position.ok) return { problem: position.problem };
  const billers = await ask<{ items: readonly Offer[] }>({ path: OFFERS_PATH });
  if (!billers.ok) return { problem: billers.problem };
  return { known: { channelCode: position.body.channelCode, offers: billers.body.items } };
}

/** Under another channel's key the same reference is another payment. */
async function isOwing(book: Book): Promise<boolean> {
  return (await book.takings()).some(({ step }) => step !== 'done');
}

interface DetailsProps {
  book: Book;
  kept: Settings | undefined;
  channelKey: string;
  known: Known;
  save: (settings: Settings) => void;
}

const OUTLET = /^[A-Za-z0-9._:-]{1,64}$/;

function Details({ book, kept, channelKey, known: { channelCode, offers }, save }: DetailsProps) {
  const { words, language: spoken } = useSpeech();
  const { setUp } = words;
  const hasBridge = findMachine() !== undefined;
  const [outletId, setOutletId] = useState(kept?.outletId ?? '');
  const [helpline, setHelpline] = useState(kept?.helpline ?? '');
  const [language, setLanguage] = useState<Language>(kept?.language ?? spoken);
  const [acceptor, setAcceptor] = useState(kept?.acceptor ?? (hasBridge ? 'machine' : 'played'));
  const isNamed = OUTLET.test(outletId);
  const billers = offers.map(({ names, billerCode }) => names[spoken] ?? names.en ?? billerCode).join(' · ');
  const submit = (event: Event): void => {
    event.preventDefault();
    void navigator.storage.persist();
    save({ key: channelKey, channelCode, outletId, helpline: helpline.trim(), language, acceptor });
  };
  return (
    <form class="screen" onSubmit={submit}>
      <h2>{setUp.title}</h2>
      {offers.length === 0 ? <Told>{setUp.servesNone}</Told> : <p>{fill(setUp.serves, { billers })}</p>}
      <Entry
        label={setUp.outlet}
        hint={isNamed || outletId === '' ? setUp.outletHint : setUp.outletFault}
        value={outletId}
        onValue={setOutletId}
      />
      <Entry label={setUp.helpline} value={helpline} onValue={setHelpline} />
      <Pick
        label={setUp.language}
        value={language}
        onValue={setLanguage}
        options={LANGUAGES.map((each) => [each, LANGUAGE_NAMES[each]] as const)}
      />
      <Pick
        label={setUp.acceptor}
        value={acceptor}
        onValue={setAcceptor}
        options={[
          ['machine', setUp.acceptors.machine],
          ['played', setUp.acceptors.played],
        ]}
      />
      {acceptor === 'machine' && !hasBridge && <Told>{setUp.noBridge}</Told>}
      <OpenTakings book={book} />
      <footer class="choices">
        <button type="submit" class="big main" disabled={!isNamed}>
          {setUp.save}
        </button>
      </footer>
    </form>
  );
}
