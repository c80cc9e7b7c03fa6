// Totals of a business date as they stand, also of one that is still open.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Field } from '../parts/field.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { SaveReport } from '../parts/save-report.tsx';
import { Amount, Moment, State } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { dayHere } from '../words/day-here.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { DAILY_SPLITS, type DailyReport } from './report-shape.ts';

const EVERY_MS = 30_000;
const TONES = { open: 'wait', sealed: 'good' } as const;

export default function DailyPage({ staff }: PageProps) {
  const { reports, places } = useWords();
  const { query } = useAddress();
  const { biller, isMissing } = useBiller(staff);
  const date = query.get('date') ?? dayHere();
  const path = pathWith('/v1/reports/daily', { biller, date });
  const read = useRead<DailyReport>(isMissing ? undefined : path, { everyMs: EVERY_MS });
  return (
    <>
      <Head title={places.daily} under={reports.dailyUnder}>
        {!isMissing && <SaveReport path={path} format="xlsx" />}
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <Field
          label={reports.date}
          type="date"
          value={date}
          onValue={(value) => go(withQuery({ date: value }), { replaces: true })}
        />
      </form>
      <ForBiller isMissing={isMissing}>
        <Loaded read={read}>{(report) => <Report of={report} biller={biller} />}</Loaded>
      </ForBiller>
    </>
  );
}

function Report({ of, biller }: { of: DailyReport; biller: string | null }) {
  const { reports, common } = useWords();
  return (
    <>
      <div class="panels">
        <Sums of={of} />
        <Panel title={reports.about}>
          <Facts
            of={[
              [common.state, <State key="s" of={of.state} names={reports.states} tones={TONES} />],
              [reports.asOf, <Moment key="a" of={of.asOf} />],
              [reports.cutOffAt, <Moment key="c" of={of.cutOffAt} />],
              [reports.sealedAt, <Moment key="e" of={of.sealedAt} />],
              of.settlementId !== null && [
                reports.settlement,
                <Link key="l" to={pathWith(`/console/settlements/${of.settlementId}`, { biller })}>
                  {reports.toSettlement}
                </Link>,
              ],
            ]}
          />
        </Panel>
      </div>
      {DAILY_SPLITS.map((split) => (
        <Split key={split} name={split} rows={of[split]} />
      ))}
    </>
  );
}

function Sums({ of: { totals } }: { of: DailyReport }) {
  const { reports, settlements: words, common } = useWords();
  const { language } = useSpeech();
  const rows = [
    ['+', `${words.gross} (${showCount(totals.payments, language)})`, totals.gross],
    ['−', `${words.reversed} (${showCount(totals.reversals, language)})`, totals.reversed],
    ['+', words.adjusted, totals.adjusted],
    ['=', words.net, totals.net],
    ['', words.direct, totals.direct],
    ['', words.credited, totals.credited],
    ['', words.payerFees, totals.payerFees],
    ['', words.billerFees, totals.billerFees],
  ] as const;
  return (
    <Panel title={reports.totals}>
      <Table
        caption={reports.totals}
        rows={rows}
        keyOf={([, name]) => name}
        columns={[
          { name: words.column, show: ([sign, name]) => `${sign} ${name}` },
          { name: common.amount, isNumber: true, show: ([, , amount]) => <Amount of={amount} /> },
        ]}
      />
    </Panel>
  );
}

function Split({ name, rows }: { name: (typeof DAILY_SPLITS)[number]; rows: DailyReport['channels'] }) {
  const { reports, settlements: words } = useWords();
  const { language } = useSpeech();
  if (rows.length === 0) return null;
  return (
    <Panel title={reports.splits[name]}>
      <Table
        caption={reports.splits[name]}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { name: reports.of[name], show: ({ key }) => <bdi>{key === '' ? words.none : key}</bdi> },
          {
            name: words.payments,
            isNumber: true,
            show: ({ payments }) => showCount(payments, language),
          },
          {
            name: words.gross,
            isNumber: true,
            isMinor: true,
            show: ({ gross }) => <Amount of={gross} isBare />,
          },
          {
            name: words.reversed,
            isNumber: true,
            isMinor: true,
            show: ({ reversed }) => <Amount of={reversed} isBare />,
          },
          { name: words.net, isNumber: true, show: ({ net }) => <Amount of={net} /> },
        ]}
      />
    </Panel>
  );
}
