// The calendar of coming debits: each day with what will be asked of banks.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Blank, Loaded } from '../parts/loaded.tsx';
import { Amount, Day } from '../parts/shown.tsx';
import { SpanFields, useSpan } from '../parts/span.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { pathWith } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount, type Amount as AmountOf } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';

interface Part {
  readonly count: number;
  readonly amount: AmountOf;
}

interface Ahead {
  readonly days: readonly {
    readonly date: string;
    readonly debits: readonly (Part & { readonly state: string })[];
    readonly expected: Part;
    readonly overCeiling: Part;
    readonly retries: Part;
    readonly total: Part;
  }[];
}

export default function DebitsAheadPage({ staff }: PageProps) {
  const { debits, places } = useWords();
  const { biller, isMissing } = useBiller(staff);
  const span = useSpan(0, -30);
  const read = useRead<Ahead>(isMissing ? undefined : pathWith('/v1/debits/calendar', { biller, ...span }));
  return (
    <>
      <Head title={places.debitsAhead} under={debits.aheadUnder} />
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <SpanFields of={span} />
      </form>
      <ForBiller isMissing={isMissing}>
        <Loaded read={read}>{(ahead) => <Days of={ahead} />}</Loaded>
      </ForBiller>
    </>
  );
}

function Days({ of: { days } }: { of: Ahead }) {
  const { debits, places } = useWords();
  const { language } = useSpeech();
  const part = ({ count, amount }: Part) => (
    <>
      <Amount of={amount} /> <span class="hint">({showCount(count, language)})</span>
    </>
  );
  if (days.length === 0) return <Blank icon="calendar" title={debits.noneAhead} />;
  return (
    <Table
      caption={places.debitsAhead}
      rows={days}
      keyOf={({ date }) => date}
      columns={[
        { name: debits.collectOn, show: ({ date }) => <Day of={date} /> },
        { name: debits.expected, isNumber: true, isMinor: true, show: ({ expected }) => part(expected) },
        { name: debits.retries, isNumber: true, isMinor: true, show: ({ retries }) => part(retries) },
        { name: debits.overCeiling, isNumber: true, isMinor: true, show: (day) => part(day.overCeiling) },
        { name: debits.total, isNumber: true, show: ({ total }) => part(total) },
      ]}
    />
  );
}
