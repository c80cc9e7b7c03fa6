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
import { useSpeech, useWords } from '../words/words.ts';
import { HOLIDAY_TONES, type Holiday } from './biller-shape.ts';

interface HolidaysProps {
  path: string;
  rows: readonly Holiday[];
  mayDecide: boolean;
  again: () => void;
}

type Asked = Holiday & { readonly verb: 'confirm' | 'strike' };

export function Holidays({ path, rows, mayDecide, again }: HolidaysProps) {
  const { billers, common } = useWords();
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
        <Decide
          of={asked}
          path={path}
          close={(isDone) => {
            setAsked(undefined);
            if (isDone) again();
          }}
        />
      )}
    </Panel>
  );
}

interface DecideProps {
  of: Asked;
  path: string;
  close: (isDone: boolean) => void;
}

function Decide({ of, path, close }: DecideProps) {
  const { words, language } = useSpeech();
  const { billers } = words;
  const isStrike = of.verb === 'strike';
  const word = isStrike ? 'strike' : 'confirmation';
  return (
    <Ask
      title={billers[of.verb]}
      verb={billers[of.verb]}
      isDangerous={isStrike}
      act={() => call({ method: 'POST', path: `${path}/holidays/${of.onDate}/${word}` })}
      close={close}
    >
      <p>
        {fill(isStrike ? billers.strikeWhat : billers.confirmWhat, {
          day: showDay(of.onDate, language),
          holiday: of.name,
        })}
      </p>
    </Ask>
  );
}
