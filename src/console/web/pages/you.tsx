// Who is signed in: his name and role, the language, his sessions on all devices, and his second factor.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { Button } from '../parts/button.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Segments } from '../parts/segments.tsx';
import { Code, Moment } from '../parts/shown.tsx';
import { Table, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { call } from '../reach/call.ts';
import { endSession, type Staff } from '../reach/session.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { LANGUAGE_NAMES, LANGUAGES, useSpeech, useWords } from '../words/words.ts';
import { SecondFactor } from './second-factor.tsx';
import { deviceOf, type OwnSession } from './you-shape.ts';

export default function YouPage({ staff }: PageProps) {
  const { places, you } = useWords();
  return (
    <>
      <Head title={places.you} under={you.under} />
      <div class="panels">
        <Person staff={staff} />
        <SecondFactor />
      </div>
      <Sessions />
    </>
  );
}

function Person({ staff }: { staff: Staff }) {
  const { words, language, speak } = useSpeech();
  const { you, roles, common } = words;
  return (
    <Panel title={you.person}>
      <Facts
        of={[
          [you.name, <bdi key="n">{staff.name}</bdi>],
          [you.login, <Code key="l" of={staff.login} />],
          [you.role, wordFor(roles, staff.role)],
          staff.billerCode !== undefined && [common.biller, <Code key="b" of={staff.billerCode} />],
          staff.channelCode !== undefined && [you.channel, <Code key="c" of={staff.channelCode} />],
        ]}
      />
      <h3 class="apart">{common.language}</h3>
      <Segments
        label={common.language}
        value={language}
        onValue={(one) => LANGUAGES.filter((each) => each === one).forEach(speak)}
        options={LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one]])}
      />
      <p class="hint">{you.languageHint}</p>
    </Panel>
  );
}

function Sessions() {
  const { you } = useWords();
  const read = useRead<Page<OwnSession>>('/v1/sessions');
  const [ending, setEnding] = useState<OwnSession | 'all'>();
  const close = (isDone: boolean): void => {
    setEnding(undefined);
    if (!isDone) return;
    if (ending === 'all' || ending?.isCurrent === true) endSession();
    else read.again();
  };
  return (
    <Panel title={you.sessions} actions={<Button onClick={() => setEnding('all')}>{you.endAll}</Button>}>
      <Loaded read={read}>
        {({ items }) => (
          <Table
            caption={you.sessions}
            rows={items}
            keyOf={({ sessionId }) => sessionId}
            columns={[
              {
                name: you.device,
                show: ({ userAgent, isCurrent }) => (
                  <>
                    <bdi dir="ltr">{deviceOf(userAgent)}</bdi>{' '}
                    {isCurrent && <span class="state good">{you.here}</span>}
                  </>
                ),
              },
              { name: you.address, isMinor: true, show: ({ address }) => <Code of={address} /> },
              { name: you.since, isMinor: true, show: ({ createdAt }) => <Moment of={createdAt} /> },
              { name: you.seen, isMinor: true, show: ({ seenAt }) => <Moment of={seenAt} /> },
              {
                name: you.act,
                show: (session) => (
                  <Button kind="quiet" onClick={() => setEnding(session)}>
                    {you.end}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {ending !== undefined && <End what={ending} close={close} />}
    </Panel>
  );
}

function End({ what, close }: { what: OwnSession | 'all'; close: (isDone: boolean) => void }) {
  const { you } = useWords();
  const isAll = what === 'all';
  const path = isAll ? '/v1/sessions/current?all=true' : `/v1/sessions/${what.sessionId}`;
  return (
    <Ask
      title={isAll ? you.endAll : you.end}
      verb={isAll ? you.endAll : you.end}
      isDangerous
      act={() => call({ method: 'DELETE', path })}
      close={close}
    >
      {!isAll && (
        <p>
          <bdi dir="ltr">{deviceOf(what.userAgent)}</bdi> · <Code of={what.address} />
        </p>
      )}
      <p>{isAll ? you.endAllWhat : what.isCurrent ? you.endHereWhat : you.endWhat}</p>
    </Ask>
  );
}
