// How well it goes: what was refused and why, how fast payments are answered and agencies told, and what waits for people.

import { Bar } from '../parts/bar.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Table } from '../parts/table.tsx';
import { fill, wordFor } from '../words/fill.ts';
import { showCount, showDuration } from '../words/show.ts';
import { useSpeech, type Language } from '../words/words.ts';
import type { Speed, Today } from './today-shape.ts';

export function Refusals({ of }: { of: NonNullable<Today['refusals']> }) {
  const { words, language } = useSpeech();
  const { today } = words;
  const most = of[0]?.count ?? 0;
  return (
    <Panel title={today.refused}>
      {of.length === 0 && <p class="hint">{today.noneRefused}</p>}
      {of.length > 0 && (
        <Table
          caption={today.refused}
          rows={of}
          keyOf={({ code }) => code}
          columns={[
            {
              name: today.reason,
              show: ({ code, count, failure }) => (
                <>
                  {wordFor(today.reasons, code)} {failure && <span class="state bad">{today.failure}</span>}
                  <Bar perMille={Math.round((count * 1000) / most)} tone={failure ? 'bad' : 'plain'} />
                </>
              ),
            },
            { name: today.times, isNumber: true, show: ({ count }) => showCount(count, language) },
          ]}
        />
      )}
    </Panel>
  );
}

export function Speeds({ today: { answers, confirmations, undelivered } }: { today: Today }) {
  const { words, language } = useSpeech();
  const { today } = words;
  if (answers === null || confirmations === null) return null;
  const count = (of: number): string => showCount(of, language);
  return (
    <Panel title={today.speed}>
      <Times title={today.answered} of={answers} language={language} />
      <Times title={today.confirmed} of={confirmations} language={language} />
      {undelivered !== null && (
        <Facts
          of={[
            [today.waiting, count(undelivered.waiting)],
            [today.aside, count(undelivered.aside)],
            [today.parked, count(undelivered.parked)],
          ]}
        />
      )}
    </Panel>
  );
}

function Times({ title, of, language }: { title: string; of: Speed; language: Language }) {
  const { today } = useSpeech().words;
  const shown = [
    [today.half, of.p50Ms],
    [today.most, of.p95Ms],
    [today.almostAll, of.p99Ms],
  ] as const;
  return (
    <div class="times">
      <h3>{title}</h3>
      <dl>
        {shown.map(([name, ms]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{ms === null ? '–' : showDuration(ms, language)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export function OpenWork({ of: { approvals, breaks } }: { of: Today['open'] }) {
  const { words, language } = useSpeech();
  const { today } = words;
  const works = [
    ...(approvals === null ? [] : [['/console/approvals', today.approvals, approvals] as const]),
    ['/console/breaks', today.breaks, breaks] as const,
  ];
  return (
    <Panel title={today.open}>
      <ul class="works">
        {works.map(([to, name, count]) => (
          <li key={to}>
            <Link to={to} class={count === 0 ? 'work' : 'work some'}>
              <strong>{count === 0 ? <Icon name="check" /> : showCount(count, language)}</strong>
              <span>{count === 0 ? fill(today.nothingOf, { name }) : name}</span>
              <Icon name="forward" size={16} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
