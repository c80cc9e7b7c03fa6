// One channel: may it take money, on what funding, within which limits, and with which keys. An administrator suspends and
// resumes it here.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { Button } from '../parts/button.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, State } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { pathWith } from '../reach/address.ts';
import { call } from '../reach/call.ts';
import { useRead } from '../reach/use-read.ts';
import { fill, wordFor } from '../words/fill.ts';
import { nameIn } from '../words/name-in.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { CHANNEL_TONES, type Channel, type Limits } from './channel-shape.ts';
import { KeysOf } from './keys-of.tsx';

export default function ChannelPage({ named, staff }: PageProps) {
  const { words, language } = useSpeech();
  const { channels } = words;
  const [isAsking, setAsking] = useState(false);
  const path = `/v1/channels/${encodeURIComponent(named['code'] ?? '')}`;
  const read = useRead<Channel>(path);
  const mayChange = staff.role === 'operator-admin';
  return (
    <Loaded read={read}>
      {(channel) => (
        <>
          <Head
            title={<bdi>{nameIn(channel.name, language, channel.code)}</bdi>}
            under={
              <>
                <State of={channel.status} names={channels.states} tones={CHANNEL_TONES} />{' '}
                <Code of={channel.code} canCopy />
              </>
            }
          >
            <Link
              class="button plain"
              to={pathWith('/console/audit', { subject: `channel/${channel.code}` })}
            >
              {channels.changes}
            </Link>
            {mayChange && (
              <Button kind={channel.status === 'active' ? 'danger' : 'main'} onClick={() => setAsking(true)}>
                {channel.status === 'active' ? channels.suspend : channels.resume}
              </Button>
            )}
          </Head>
          <div class="panels">
            <Settings channel={channel} />
            <LimitsPanel channel={channel} />
          </div>
          <KeysOf client={channel.code} mayChange={mayChange} />
          {isAsking && (
            <ChangeStatus
              channel={channel}
              path={path}
              close={(isDone) => {
                setAsking(false);
                if (isDone) read.again();
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

function Settings({ channel }: { channel: Channel }) {
  const { words, language } = useSpeech();
  const { channels } = words;
  const { kind, funding, seesNames, rateLimit, owedAfterDays } = channel;
  return (
    <Panel title={channels.settings}>
      <Facts
        of={[
          [channels.kind, wordFor(channels.kinds, kind)],
          [channels.funding, channels.fundings[funding]],
          funding === 'postpaid' && [
            channels.owedAfter,
            fill(channels.workingDays, { count: showCount(owedAfterDays, language) }),
          ],
          [channels.seesNames, seesNames ? channels.yes : channels.no],
          [
            channels.rate,
            rateLimit === 0
              ? channels.usualRate
              : fill(channels.perSecond, { count: showCount(rateLimit, language) }),
          ],
        ]}
      />
    </Panel>
  );
}

function LimitsPanel({ channel }: { channel: Channel }) {
  const { channels } = useWords();
  const { limitPerPayment, limitPerDay, creditLimit, available } = channel;
  const left = Object.fromEntries(available.map(({ currency, value }) => [currency, value]));
  const currencies = [
    ...new Set([limitPerPayment, limitPerDay, creditLimit, left].flatMap((each) => Object.keys(each))),
  ].sort();
  const column = (name: string, of: Limits) => ({
    name,
    isNumber: true,
    show: (currency: string) => {
      const value = of[currency];
      return <Amount of={value === undefined ? null : { value, currency }} isBare />;
    },
  });
  return (
    <Panel title={channels.limits}>
      {currencies.length === 0 ? (
        <p class="hint">{channels.noLimits}</p>
      ) : (
        <Table
          caption={channels.limits}
          rows={currencies}
          keyOf={(currency) => currency}
          columns={[
            { name: channels.currency, show: (currency) => <Code of={currency} /> },
            column(channels.perPayment, limitPerPayment),
            column(channels.perDay, limitPerDay),
            column(channels.credit, creditLimit),
            column(channels.available, left),
          ]}
        />
      )}
    </Panel>
  );
}

interface ChangeProps {
  channel: Channel;
  path: string;
  close: (isDone: boolean) => void;
}

function ChangeStatus({ channel, path, close }: ChangeProps) {
  const { words, language } = useSpeech();
  const { channels } = words;
  const isActive = channel.status === 'active';
  const verb = isActive ? channels.suspend : channels.resume;
  const name = nameIn(channel.name, language, channel.code);
  return (
    <Ask
      title={verb}
      verb={verb}
      isDangerous={isActive}
      act={() => call({ method: 'POST', path: `${path}/${isActive ? 'suspension' : 'resumption'}` })}
      close={close}
    >
      <p>{fill(isActive ? channels.suspendWhat : channels.resumeWhat, { channel: name })}</p>
    </Ask>
  );
}
