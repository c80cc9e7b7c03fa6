// An agency's holidays: known by their dates, some until the moon is seen. An administrator confirms or strikes those.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { Button } from '../parts/button.tsx';
import { Panel } from '../parts/facts.tsx';
import { Day, State } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { call } from '../reach/call.ts';
import { fill } from '../words/fill.ts';
import { showDay } from '../words/show.ts';
import { useSpeech } from '../words/words.ts';
import { HOLIDAY_TONES, type Holiday } from './biller-shape.ts';

interface HolidaysProps {
  path: string;
  rows: readonly Holiday[];
  mayDecide: boolean;
  again: () => void;
}

type Asked = Holiday & { readonly verb: 'confirm' | 'strike' };

export function Holidays({ path, rows, mayDecide, again }: HolidaysProps) {
  const { words, language } = useSpeech();
  const { billers, common } = words;
  const [asked, setAsked] = useState<Asked>();
  const decide: Column<Holiday> = {
    name: billers.act,
    show: (holiday) =>
      holiday.state === 'tentative' && (
        <div class="actions">
          {(['confirm', 'strike'] as const).map((verb) => (
            <Button
              key={verb}
              aria-label={`${billers[verb]} ${holiday.onDate}`}
              onClick={() => setAsked({ ...holiday, verb })}
            >
              {billers[verb]}
            </Button>
          ))}
        </div>
      ),
  };
  return (
    <Panel title={billers.holidays}>
      {rows.length === 0 ? (
        <p class="hint">{billers.noHolidays}</p>
      ) : (
        <Table
          caption={billers.holidays}
          rows={rows}
          keyOf={({ onDate }) => onDate}
          columns={[
            { name: billers.date, show: ({ onDate }) => <Day of={onDate} /> },
            { name: billers.holiday, show: ({ name }) => <bdi>{name}</bdi> },
            {
              name: common.state,
              show: ({ state }) => <State of={state} names={billers.states} tones={HOLIDAY_TONES} />,
            },
            ...(mayDecide ? [decide] : []),
          ]}
        />
      )}
      {asked && (
        <Ask
          title={billers[asked.verb]}
          verb={billers[asked.verb]}
          isDangerous={asked.verb === 'strike'}
          act={() => {
            const word = asked.verb === 'confirm' ? 'confirmation' : 'strike';
            return call({ method: 'POST', path: `${path}/holidays/${asked.onDate}/${word}` });
          }}
          close={(isDone) => {
            setAsked(undefined);
            if (isDone) again();
          }}
        >
          <p>
            {fill(asked.verb === 'confirm' ? billers.confirmWhat : billers.strikeWhat, {
              day: showDay(asked.onDate, language),
              holiday: asked.name,
            })}
          </p>
        </Ask>
      )}
    </Panel>
  );
}
