// Who took it and whose it is: channels and agencies, the largest first, each a way to look at it alone.

import { Bar } from '../parts/bar.tsx';
import { Panel } from '../parts/facts.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Day, State } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { withQuery } from '../reach/address.ts';
import { showCount, showMinute } from '../words/show.ts';
import { useSpeech } from '../words/words.ts';
import { billersOf, largestFirst, shareOf, type Paid, type Today } from './today-shape.ts';

interface PartiesProps {
  today: Today;
  currency: string;
}

export function Channels({ today, currency, canChoose }: PartiesProps & { canChoose: boolean }) {
  const { words } = useSpeech();
  const rows = largestFirst(today.channels, currency);
  const columns = usePaidColumns<Today['channels'][number]>(words.today.channel, rows, ({ channelCode }) =>
    canChoose ? (
      <Link to={withQuery({ channel: channelCode })}>
        <bdi dir="ltr">{channelCode}</bdi>
      </Link>
    ) : (
      <bdi dir="ltr">{channelCode}</bdi>
    ),
  );
  return (
    <Panel title={words.today.byChannel}>
      {rows.length === 0 && <p class="hint">{words.today.nothing}</p>}
      {rows.length > 0 && (
        <Table
          caption={words.today.byChannel}
          rows={rows}
          keyOf={({ channelCode }) => channelCode}
          columns={columns}
        />
      )}
    </Panel>
  );
}

/** With the date of each, for they may be at different ones. */
export function Billers({ today, currency }: PartiesProps) {
  const { words } = useSpeech();
  const rows = largestFirst(billersOf(today, currency), currency);
  const dayOf = (code: string) => today.days.find(({ billerCode }) => billerCode === code);
  const [name, ...figures] = usePaidColumns<Today['billers'][number]>(
    words.today.biller,
    rows,
    ({ billerCode }) => (
      <Link to={withQuery({ biller: billerCode })}>
        <bdi dir="ltr">{billerCode}</bdi>
      </Link>
    ),
  );
  const columns: Column<Today['billers'][number]>[] = [
    ...(name === undefined ? [] : [name]),
    {
      name: words.today.date,
      isMinor: true,
      show: ({ billerCode }) => <Day of={dayOf(billerCode)?.businessDate} />,
    },
    {
      name: words.common.state,
      show: ({ billerCode }) => <DayState of={dayOf(billerCode)} />,
    },
    ...figures,
  ];
  return (
    <Panel title={words.today.byBiller}>
      {rows.length === 0 && <p class="hint">{words.today.nothing}</p>}
      {rows.length > 0 && (
        <Table
          caption={words.today.byBiller}
          rows={rows}
          keyOf={({ billerCode }) => billerCode}
          columns={columns}
        />
      )}
    </Panel>
  );
}

export function DayState({ of }: { of: Today['days'][number] | undefined }) {
  const { words, language } = useSpeech();
  const { today } = words;
  if (of === undefined) return null;
  return (
    <>
      <State of={of.state} names={today.states} tones={{ open: 'good', sealed: 'quiet' }} />
      {of.state === 'open' && of.cutOffAt !== null && (
        <span class="hint">
          {' '}
          {today.until} <time dateTime={of.cutOffAt}>{showMinute(of.cutOffAt, language)}</time>
        </span>
      )}
    </>
  );
}

function usePaidColumns<Row extends Paid>(
  name: string,
  rows: readonly Row[],
  show: Column<Row>['show'],
): Column<Row>[] {
  const { words, language } = useSpeech();
  const largest = rows[0]?.accepted.amount;
  return [
    {
      name,
      show: (row) => (
        <>
          {show(row)}
          {largest !== undefined && <Bar perMille={shareOf(row.accepted.amount, largest)} />}
        </>
      ),
    },
    {
      name: words.today.payments,
      isNumber: true,
      show: ({ accepted }) => showCount(accepted.payments, language),
    },
    {
      name: words.common.amount,
      isNumber: true,
      show: ({ accepted }) => <Amount of={accepted.amount} />,
    },
  ];
}
