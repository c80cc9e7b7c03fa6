// The business dates of a position: what was owed of each, paid of it, and when the rest is due.

import { Amount, Code, Day, State, type Tone } from '../parts/shown.tsx';
import type { Column } from '../parts/table.tsx';
import { useWords } from '../words/words.ts';
import type { PositionDay } from './channel-shape.ts';

const TONES: Readonly<Record<string, Tone>> = { running: 'wait', late: 'bad', closed: 'quiet' };

export function dayKey({ billerCode, businessDate, owed }: PositionDay): string {
  return `${billerCode} ${businessDate} ${owed.currency}`;
}

export function usePositionColumns(): Column<PositionDay>[] {
  const { position, common } = useWords();
  return [
    { name: position.day, show: ({ businessDate }) => <Day of={businessDate} /> },
    { name: common.biller, isMinor: true, show: ({ billerCode }) => <Code of={billerCode} /> },
    { name: position.owed, isNumber: true, isMinor: true, show: ({ owed }) => <Amount of={owed} /> },
    { name: position.paid, isNumber: true, isMinor: true, show: ({ paid }) => <Amount of={paid} /> },
    { name: position.open, isNumber: true, show: ({ open }) => <Amount of={open} /> },
    { name: position.dueOn, isMinor: true, show: ({ dueOn }) => <Day of={dueOn} /> },
    {
      name: common.state,
      show: ({ state, late }) => <State of={late ? 'late' : state} names={position.states} tones={TONES} />,
    },
  ];
}
