// One closed day: how its net came about, what it is split by, where the money went, and its reports.

import { Facts, Panel } from '../parts/facts.tsx';
import { Choice } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, Moment } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { showCount, showDay } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { Remittances } from './remittances-of.tsx';
import { SettlementReports } from './settlement-reports.tsx';
import type { WholeSettlement } from './settlement-shape.ts';

export default function SettlementPage({ named }: PageProps) {
  const { words, language } = useSpeech();
  const biller = useAddress().query.get('biller');
  const id = encodeURIComponent(named['settlementId'] ?? '');
  const read = useRead<WholeSettlement>(pathWith(`/v1/settlements/${id}`, { biller }));
  return (
    <Loaded read={read}>
      {(settlement) => (
        <>
          <Head
            title={`${words.places.settlement} · ${showDay(settlement.businessDate, language)}`}
            under={<bdi dir="ltr">{settlement.billerCode}</bdi>}
          >
            <SettlementReports settlementId={settlement.settlementId} biller={biller} />
          </Head>
          <HowItCame of={settlement} />
          <Remittances settlementId={settlement.settlementId} biller={biller} />
          <Splits of={settlement} />
        </>
      )}
    </Loaded>
  );
}

function HowItCame({ of: { totals, ...of } }: { of: WholeSettlement }) {
  const { settlements: words } = useWords();
  const { language } = useSpeech();
  const rows = [
    ['+', `${words.gross} (${showCount(totals.payments, language)})`, totals.gross],
    ['−', `${words.reversed} (${showCount(totals.reversals, language)})`, totals.reversed],
    ['+', `${words.adjusted} (${showCount(totals.adjustments, language)})`, totals.adjusted],
    ['−', words.feesSetOff, of.feesSetOff],
    ['+', words.carriedIn, of.carriedIn],
    ['=', words.net, of.net],
    ['', words.remitted, of.remitted],
    ['', words.carriedOut, of.carriedOut],
  ] as const;
  return (
    <div class="panels">
      <Panel title={words.howNet}>
        <Table
          caption={words.howNet}
          keyOf={([, name]) => name}
          rows={rows}
          columns={[
            { name: words.column, show: ([sign, name]) => `${sign} ${name}` },
            { name: words.amountColumn, isNumber: true, show: ([, , amount]) => <Amount of={amount} /> },
          ]}
        />
      </Panel>
      <Panel title={words.beside}>
        <Facts
          of={[
            [words.valueDate, <Day key="v" of={of.valueDate} />],
            [words.sealedAt, <Moment key="s" of={of.sealedAt} />],
            [words.direct, <Amount key="d" of={totals.direct.gross} />],
            [words.credited, <Amount key="c" of={totals.credited.amount} />],
            [words.payerFees, <Amount key="p" of={totals.payerFees} />],
            [words.billerFees, <Amount key="b" of={totals.billerFees} />],
            [words.commissions, <Amount key="k" of={totals.commissions} />],
            [words.digest, <Code key="g" of={of.digest} canCopy />],
          ]}
        />
      </Panel>
    </div>
  );
}

function Splits({ of }: { of: WholeSettlement }) {
  const { settlements: words } = useWords();
  const { language } = useSpeech();
  const { query } = useAddress();
  const dimensions = [...new Set(of.splits.map(({ dimension }) => dimension))];
  const chosen = query.get('by') ?? (dimensions.includes('channel') ? 'channel' : (dimensions[0] ?? ''));
  if (dimensions.length === 0) return null;
  return (
    <Panel
      title={words.split}
      actions={
        <Choice
          label={words.by}
          value={chosen}
          onValue={(by) => go(withQuery({ by }), { replaces: true })}
          options={dimensions.map((each) => [each, wordFor(words.dimensions, each)] as const)}
        />
      }
    >
      <Table
        caption={words.split}
        keyOf={({ key }) => key}
        rows={of.splits.filter(({ dimension }) => dimension === chosen)}
        columns={[
          {
            name: wordFor(words.dimensions, chosen),
            show: ({ key }) => <bdi>{key === '' ? words.none : key}</bdi>,
          },
          {
            name: words.payments,
            isNumber: true,
            isMinor: true,
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
