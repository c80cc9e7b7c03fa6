// What does not agree on a channel's day: how many of each kind, and one after the other.

import { Facts, Panel } from '../parts/facts.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, State } from '../parts/shown.tsx';
import { List, type Page } from '../parts/table.tsx';
import { pathWith, useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { fill, wordFor } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { BREAK_TONES } from './break-shape.ts';
import type { DayBreak, WholeDay } from './day-shape.ts';

interface DayBreaksProps {
  /** Of the day. */
  path: string;
  channel: string | null;
  kinds: WholeDay['breaks'];
}

export function DayBreaks({ path, channel, kinds }: DayBreaksProps) {
  const { days, breaks, common } = useWords();
  const { language } = useSpeech();
  const { query } = useAddress();
  const read = useRead<Page<DayBreak>>(
    pathWith(`${path}/breaks`, { channel, after: query.get('after'), limit: '50' }),
  );
  const count = (number: number) => showCount(number, language);
  return (
    <Panel title={days.breaks}>
      <Facts
        of={kinds.map(({ kind, open, resolved }) => [
          wordFor(breaks.kinds, kind),
          fill(days.openAndResolved, { open: count(open), resolved: count(resolved) }),
        ])}
      />
      <List
        caption={days.breaks}
        read={read}
        empty={days.noBreaks}
        keyOf={({ breakId }) => breakId}
        columns={[
          {
            name: breaks.kind,
            show: ({ breakId, kind }) => (
              <Link to={`/console/breaks/${breakId}`}>{wordFor(breaks.kinds, kind)}</Link>
            ),
          },
          { name: breaks.reference, show: ({ reference }) => <Code of={reference} /> },
          { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
          {
            name: days.line,
            isNumber: true,
            isMinor: true,
            show: ({ line }) => (line === null ? '–' : count(line)),
          },
          {
            name: common.state,
            show: ({ state }) => <State of={state} names={breaks.states} tones={BREAK_TONES} />,
          },
        ]}
      />
    </Panel>
  );
}
