// A month of collection: asked, collected, failed and why, bank by bank.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { Panel } from '../parts/facts.tsx';
import { Field } from '../parts/field.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { dayHere } from '../words/day-here.ts';
import { showCount, type Amount as AmountOf } from '../words/show.ts';
import { useSpeech, useWords, type Language } from '../words/words.ts';

interface Part {
  readonly count: number;
  readonly amount: AmountOf;
}

const PARTS = ['asked', 'collected', 'waiting', 'failed', 'returned', 'notAsked', 'dropped'] as const;

type Report = Readonly<Record<(typeof PARTS)[number], Part>> & {
  readonly failedBy: readonly (Part & {
    readonly cause: string;
    readonly words: Readonly<Record<Language, string>>;
  })[];
  readonly banks: readonly {
    readonly channelCode: string;
    readonly asked: Part;
    readonly collected: Part;
    readonly failed: Part;
  }[];
};

export default function DebitsReportPage({ staff }: PageProps) {
  const { debits, places } = useWords();
  const { query } = useAddress();
  const { biller, isMissing } = useBiller(staff);
  const month = query.get('month') ?? dayHere().slice(0, 7);
  const path = pathWith('/v1/debits/report', { biller, month });
  const read = useRead<Report>(isMissing ? undefined : path);
  return (
    <>
      <Head title={places.debitsReport} under={debits.reportUnder}>
        {!isMissing && (
          <a class="button plain" href={pathWith(path, { format: 'csv', bom: 'true' })} download>
            <Icon name="download" size={18} />
            {debits.everyDebit}
          </a>
        )}
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <Field
          label={debits.month}
          type="month"
          value={month}
          onValue={(value) => go(withQuery({ month: value }), { replaces: true })}
        />
      </form>
      <ForBiller isMissing={isMissing}>
        <Loaded read={read}>{(report) => <Tables of={report} />}</Loaded>
      </ForBiller>
    </>
  );
}

function Tables({ of }: { of: Report }) {
  const { debits, common } = useWords();
  const { language } = useSpeech();
  const count = { name: debits.count, isNumber: true, show: (row: Part) => showCount(row.count, language) };
  const amount = { name: common.amount, isNumber: true, show: (row: Part) => <Amount of={row.amount} /> };
  return (
    <div class="panels">
      <Panel title={debits.sums}>
        <Table
          caption={debits.sums}
          rows={PARTS.map((part) => ({ part, ...of[part] }))}
          keyOf={({ part }) => part}
          columns={[{ name: debits.part, show: ({ part }) => debits.parts[part] }, count, amount]}
        />
      </Panel>
      <Panel title={debits.failedBy}>
        <Table
          caption={debits.failedBy}
          rows={of.failedBy}
          keyOf={({ cause }) => cause}
          columns={[{ name: debits.reason, show: ({ words }) => words[language] }, count, amount]}
        />
      </Panel>
      <Panel title={debits.byBank}>
        <Table
          caption={debits.byBank}
          rows={of.banks}
          keyOf={({ channelCode }) => channelCode}
          columns={[
            { name: debits.bank, show: ({ channelCode }) => <Code of={channelCode} /> },
            { name: debits.parts.asked, isNumber: true, show: ({ asked }) => <Amount of={asked.amount} /> },
            {
              name: debits.parts.collected,
              isNumber: true,
              show: (bank) => <Amount of={bank.collected.amount} />,
            },
          ]}
        />
      </Panel>
    </div>
  );
}
