// A month of an agency's calendar: which days are worked, and why others are not.

import { Panel } from '../parts/facts.tsx';
import { Field } from '../parts/field.tsx';
import { go, useAddress, withQuery } from '../reach/address.ts';
import { showDay } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import type { Biller, Holiday } from './biller-shape.ts';

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
/** A Sunday. */
const FIRST_SUNDAY = '2026-11-01';

interface CalendarDay {
  readonly date: string;
  readonly day: 'working' | 'weekend' | 'holiday';
  readonly holiday: Holiday | undefined;
}

export function CalendarOf({ weekend, holidays }: Pick<Biller, 'weekend' | 'holidays'>) {
  const { billers } = useWords();
  const { query } = useAddress();
  const month = query.get('month') ?? new Date().toISOString().slice(0, 7);
  const days = datesOf(month).map((date): CalendarDay => {
    const holiday = holidays.find(({ onDate }) => onDate === date);
    if (holiday !== undefined && holiday.state !== 'struck') return { date, day: 'holiday', holiday };
    const isWeekend = weekend.includes(weekdayOf(date) === 0 ? 7 : weekdayOf(date));
    return { date, day: isWeekend ? 'weekend' : 'working', holiday };
  });
  return (
    <Panel title={billers.calendar}>
      <div class="filters">
        <Field
          label={billers.month}
          type="month"
          value={month}
          onValue={(value) => {
            if (/^\d{4}-\d{2}$/.test(value)) go(withQuery({ month: value }), { replaces: true });
          }}
        />
      </div>
      <Month days={days} />
    </Panel>
  );
}

function Month({ days }: { days: readonly CalendarDay[] }) {
  const { words, language } = useSpeech();
  const { billers } = words;
  const first = days[0];
  if (first === undefined) return null;
  const lead = weekdayOf(first.date);
  const weeks = Array.from({ length: Math.ceil((lead + days.length) / 7) }, (_, week) =>
    WEEK.map((at) => days[week * 7 + at - lead]),
  );
  return (
    <div class="table" role="region" aria-label={billers.calendar} tabIndex={0}>
      <table class="month">
        <caption class="visually-hidden">{showDay(first.date, language)}</caption>
        <thead>
          <tr>
            {WEEK.map((at) => (
              <th key={at} scope="col">
                {weekdayName(at, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, nth) => (
            <tr key={nth}>
              {week.map((each, at) => (
                <td key={at} class={each?.day ?? ''}>
                  {each && <OneDay of={each} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OneDay({ of }: { of: CalendarDay }) {
  const { billers } = useWords();
  return (
    <>
      <time dateTime={of.date}>{Number(of.date.slice(8))}</time>
      {of.day !== 'working' && <span class="visually-hidden">{billers.days[of.day]}</span>}
      {of.holiday !== undefined && (
        <p class={of.holiday.state === 'struck' ? 'struck' : ''}>
          <bdi>{of.holiday.name}</bdi>
          {of.holiday.state !== 'confirmed' && <small> {billers.states[of.holiday.state]}</small>}
        </p>
      )}
    </>
  );
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

function datesOf(month: string): string[] {
  const [year = '', number = ''] = month.split('-');
  const count = new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
  return Array.from({ length: count }, (_, nth) => `${month}-${String(nth + 1).padStart(2, '0')}`);
}

function weekdayName(at: number, language: string): string {
  const day = new Date(Date.parse(`${FIRST_SUNDAY}T00:00:00Z`) + at * 86_400_000);
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(day);
}
