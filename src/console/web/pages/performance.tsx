// How the service was: volumes, speed, refusals, confirmations, availability.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Blank, Loaded } from '../parts/loaded.tsx';
import { SaveReport } from '../parts/save-report.tsx';
import { Amount, Code, Day } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import { useSpan, SpanFields } from '../parts/span.tsx';
import type { PageProps } from '../place.ts';
import { pathWith } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount, showDuration, showShare } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import type { PerformanceReport } from './report-shape.ts';

const SPEEDS = ['payments', 'inquiries', 'confirmations'] as const;

export default function PerformancePage({ staff }: PageProps) {
  const { reports, places } = useWords();
  const { biller, isMissing } = useBiller(staff);
  const span = useSpan(6);
  const path = pathWith('/v1/reports/performance', { biller, ...span });
  const read = useRead<PerformanceReport>(isMissing ? undefined : path);
  return (
    <>
      <Head title={places.performance} under={reports.performanceUnder}>
        {!isMissing && <SaveReport path={path} format="xlsx" />}
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <SpanFields of={span} />
      </form>
      <ForBiller isMissing={isMissing}>
        <Loaded read={read}>
          {(report) => (
            <>
              <div class="panels">
                <Service of={report} />
                <Refusals of={report} />
              </div>
              <Speeds of={report} />
              <Volumes of={report} />
            </>
          )}
        </Loaded>
      </ForBiller>
    </>
  );
}

function Service({ of }: { of: PerformanceReport }) {
  const { reports } = useWords();
  const { language } = useSpeech();
  const share = (part: number | null) => (part === null ? '–' : showShare(part, language));
  return (
    <Panel title={reports.service}>
      <Facts
        of={[
          [reports.up, share(of.availability.up)],
          [reports.answered, share(of.availability.answered)],
          [reports.aside, showCount(of.confirmations.aside, language)],
        ]}
      />
    </Panel>
  );
}

function Speeds({ of }: { of: PerformanceReport }) {
  const { reports } = useWords();
  const { language } = useSpeech();
  const rows = SPEEDS.map((name) => ({ name, ...of[name] }));
  const ms = (within: 'p50Ms' | 'p95Ms' | 'p99Ms', isMinor = false) => ({
    name: reports[within],
    isNumber: true,
    isMinor,
    show: ({ [within]: took }: (typeof rows)[number]) =>
      took === null ? '–' : <bdi>{showDuration(took, language)}</bdi>,
  });
  return (
    <Panel title={reports.speed}>
      <Table
        caption={reports.speed}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { name: reports.what, show: ({ name }) => reports.speeds[name] },
          { name: reports.count, isNumber: true, show: ({ count }) => showCount(count, language) },
          ms('p50Ms', true),
          ms('p95Ms'),
          ms('p99Ms', true),
        ]}
      />
    </Panel>
  );
}

function Refusals({ of: { refusals } }: { of: PerformanceReport }) {
  const { reports } = useWords();
  const { language } = useSpeech();
  return (
    <Panel title={reports.refusals}>
      {refusals.length === 0 ? (
        <Blank icon="check" title={reports.noRefusals} />
      ) : (
        <Table
          caption={reports.refusals}
          rows={refusals}
          keyOf={({ code }) => code}
          columns={[
            {
              name: reports.reason,
              show: ({ code, failure }) => (
                <>
                  <Code of={code} />
                  {failure && <p class="fault">{reports.failure}</p>}
                </>
              ),
            },
            { name: reports.count, isNumber: true, show: ({ count }) => showCount(count, language) },
          ]}
        />
      )}
    </Panel>
  );
}

function Volumes({ of: { volumes } }: { of: PerformanceReport }) {
  const { reports, common, settlements: words } = useWords();
  const { language } = useSpeech();
  return (
    <Panel title={reports.volumes}>
      {volumes.length === 0 ? (
        <Blank icon="today" title={reports.noPayments} />
      ) : (
        <Table
          caption={reports.volumes}
          rows={volumes}
          keyOf={({ date }) => date}
          columns={[
            { name: reports.date, show: ({ date }) => <Day of={date} /> },
            { name: words.payments, isNumber: true, show: (row) => showCount(row.payments, language) },
            { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
            {
              name: reports.credited,
              isNumber: true,
              isMinor: true,
              show: ({ credited }) => showCount(credited, language),
            },
            {
              name: words.reversed,
              isNumber: true,
              isMinor: true,
              show: ({ reversed }) => showCount(reversed, language),
            },
          ]}
        />
      )}
    </Panel>
  );
}
