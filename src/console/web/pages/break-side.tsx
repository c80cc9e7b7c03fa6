// What one side of a break says: each value as what it is.

import type { ComponentChildren } from 'preact';
import { Facts, Panel } from '../parts/facts.tsx';
import { Amount, Code, Day, Moment } from '../parts/shown.tsx';
import type { Amount as AmountOf } from '../words/show.ts';
import { wordFor } from '../words/fill.ts';
import { useWords, type Words } from '../words/words.ts';
import type { Side } from './break-shape.ts';

export function SidePanel({ title, side }: { title: string; side: Side | null }) {
  const words = useWords();
  return (
    <Panel title={title}>
      {side === null ? (
        <p class="none">{words.breaks.saysNothing}</p>
      ) : (
        <Facts
          of={Object.entries(side).map(([name, value]) => [
            wordFor(words.breaks.sides, name),
            shown(name, value, words),
          ])}
        />
      )}
    </Panel>
  );
}

function shown(name: string, value: unknown, { breaks }: Words): ComponentChildren {
  if (value === null || value === '') return <span class="none">–</span>;
  if (isAmount(value)) return <Amount of={value} />;
  if (typeof value !== 'string') return <bdi>{JSON.stringify(value)}</bdi>;
  if (name === 'status') return wordFor(breaks.statuses, value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return <Day of={value} />;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return <Moment of={value} />;
  if (name === 'text') return <bdi class="long">{value}</bdi>;
  return <Code of={value} />;
}

function isAmount(value: unknown): value is AmountOf {
  return typeof value === 'object' && value !== null && 'value' in value && 'currency' in value;
}
