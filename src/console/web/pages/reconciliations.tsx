// The days of channels: whether both sides say the same, and by when they have to.

import { isOperator } from '../parts/biller-choice.tsx';
import { ChannelChoice } from '../parts/channel-choice.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Code, Day, Moment, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { DAY_TONES, standingOf, type ListedDay } from './day-shape.ts';

const EVERY_MS = 15_000;

export default function ReconciliationsPage({ staff }: PageProps) {
  const { days, common, places } = useWords();
  const { query } = useAddress();
  const filters = { channel: query.get('channel'), from: query.get('from'), to: query.get('to') };
  const read = useRead<Page<ListedDay>>(
    pathWith('/v1/reconciliations', { ...filters, after: query.get('after'), limit: '31' }),
    { everyMs: EVERY_MS },
  );
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <>
      <Head title={places.reconciliations} under={days.under}>
        <ExportList<ListedDay>
          path={pathWith('/v1/reconciliations', { ...filters, limit: '1000' })}
          fileName="channel-days.csv"
          columns={[
            [days.day, ({ businessDate }) => businessDate],
            [days.channel, ({ channelCode }) => channelCode],
            [common.state, (day) => wordFor(days.standings, standingOf(day))],
            [days.openBreaks, ({ openBreaks }) => String(openBreaks)],
            [days.balanceBy, ({ balanceBy }) => balanceBy],
            [days.balancedAt, ({ balancedAt }) => balancedAt],
          ]}
        />
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <ChannelChoice staff={staff} />
        <Field
          label={common.from}
          type="date"
          value={filters.from ?? ''}
          onValue={(from) => choose({ from })}
        />
        <Field label={common.until} type="date" value={filters.to ?? ''} onValue={(to) => choose({ to })} />
      </form>
      <List
        caption={places.reconciliations}
        read={read}
        keyOf={({ businessDate, channelCode }) => `${businessDate} ${channelCode}`}
        columns={useColumns(isOperator(staff))}
        empty={days.empty}
      />
    </>
  );
}

function useColumns(isOfAll: boolean): Column<ListedDay>[] {
  const { days, common } = useWords();
  const { language } = useSpeech();
  const channel = { name: days.channel, show: (day: ListedDay) => <Code of={day.channelCode} /> };
  return [
    {
      name: days.day,
      show: ({ businessDate, channelCode }) => (
        <Link
          to={pathWith(`/console/reconciliations/${businessDate}`, {
            channel: isOfAll ? channelCode : undefined,
          })}
        >
          <Day of={businessDate} />
        </Link>
      ),
    },
    ...(isOfAll ? [channel] : []),
    {
      name: common.state,
      show: (day) => <State of={standingOf(day)} names={days.standings} tones={DAY_TONES} />,
    },
    {
      name: days.openBreaks,
      isNumber: true,
      show: ({ openBreaks }) => showCount(openBreaks, language),
    },
    { name: days.balanceBy, isMinor: true, show: ({ balanceBy }) => <Moment of={balanceBy} /> },
    { name: days.balancedAt, isMinor: true, show: ({ balancedAt }) => <Moment of={balancedAt} /> },
  ];
}
