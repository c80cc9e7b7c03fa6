// One day of a channel: both sides in sums, what does not agree, and the files that were sent.

import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Moment, State } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { pathWith, useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount, showDay } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { DayBreaks } from './day-breaks.tsx';
import { DAY_TONES, SIDES, standingOf, type WholeDay } from './day-shape.ts';

const EVERY_MS = 5_000;

export default function ReconciliationPage({ named }: PageProps) {
  const { words, language } = useSpeech();
  const channel = useAddress().query.get('channel');
  const path = `/v1/reconciliations/${encodeURIComponent(named['businessDate'] ?? '')}`;
  const read = useRead<WholeDay>(pathWith(path, { channel }), { everyMs: EVERY_MS });
  return (
    <Loaded read={read}>
      {(day) => (
        <>
          <Head
            title={`${words.places.reconciliation} · ${showDay(day.businessDate, language)}`}
            under={<bdi dir="ltr">{day.channelCode}</bdi>}
          >
            {day.breaks.length > 0 && (
              <a class="button plain" href={pathWith(`${path}/breaks.csv`, { channel })} download>
                <Icon name="download" size={18} />
                {words.days.breaksCsv}
              </a>
            )}
          </Head>
          <Panel>
            <Facts
              of={[
                [
                  words.common.state,
                  <State key="s" of={standingOf(day)} names={words.days.standings} tones={DAY_TONES} />,
                ],
                [words.days.balanceBy, <Moment key="b" of={day.balanceBy} />],
                [words.days.balancedAt, <Moment key="a" of={day.balancedAt} />],
                [words.days.matchedAt, <Moment key="m" of={day.matchedAt} />],
                [words.days.version, day.version ?? '–'],
              ]}
            />
          </Panel>
          {day.faults.length > 0 && <Faults of={day} />}
          {day.totals.length > 0 && <Totals of={day} />}
          {day.breaks.length > 0 && <DayBreaks path={path} channel={channel} kinds={day.breaks} />}
          <Versions of={day} />
        </>
      )}
    </Loaded>
  );
}

function Totals({ of }: { of: WholeDay }) {
  const { days, common } = useWords();
  const { language } = useSpeech();
  const rows = of.totals.flatMap((total) => SIDES.map((side) => ({ side, ...total[side] })));
  return (
    <Panel title={days.totals}>
      <Table
        caption={days.totals}
        rows={rows}
        keyOf={({ side, amount }) => `${side} ${amount.currency}`}
        columns={[
          { name: days.side, show: ({ side }) => days.sides[side] },
          { name: days.payments, isNumber: true, show: ({ count }) => showCount(count, language) },
          { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
          {
            name: days.reversed,
            isNumber: true,
            isMinor: true,
            show: ({ reversed }) => showCount(reversed, language),
          },
        ]}
      />
    </Panel>
  );
}

function Faults({ of }: { of: WholeDay }) {
  const { days } = useWords();
  const { language } = useSpeech();
  return (
    <Panel title={days.faults}>
      <Table
        caption={days.faults}
        rows={of.faults}
        keyOf={({ line, field, detail }) => `${line} ${field} ${detail}`}
        columns={[
          {
            name: days.line,
            isNumber: true,
            show: ({ line }) => (line === null ? '–' : showCount(line, language)),
          },
          { name: days.field, show: ({ field }) => <Code of={field === '' ? null : field} /> },
          { name: days.fault, show: ({ detail }) => <bdi>{detail}</bdi> },
        ]}
      />
    </Panel>
  );
}

function Versions({ of }: { of: WholeDay }) {
  const { days, common } = useWords();
  const { language } = useSpeech();
  return (
    <Panel title={days.versions}>
      <Table
        caption={days.versions}
        rows={of.versions}
        keyOf={({ version, receivedAt }) => `${version} ${receivedAt}`}
        columns={[
          { name: days.version, show: ({ version }) => version ?? '–' },
          { name: days.receivedAt, show: ({ receivedAt }) => <Moment of={receivedAt} /> },
          {
            name: days.lines,
            isNumber: true,
            isMinor: true,
            show: ({ lines }) => (lines === null ? '–' : showCount(lines, language)),
          },
          {
            name: days.broughtBy,
            isMinor: true,
            show: ({ broughtBy }) => <bdi>{broughtBy ?? days.itself}</bdi>,
          },
          {
            name: common.state,
            show: ({ state }) => <State of={state} names={days.fileStates} tones={DAY_TONES} />,
          },
          { name: days.digest, isMinor: true, show: ({ sha256 }) => <Code of={sha256?.slice(0, 16)} /> },
        ]}
      />
    </Panel>
  );
}
