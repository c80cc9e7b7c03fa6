// What an agency and each of its channels agreed: by which way the money goes, who pays which fee, what the channel earns.

import { Panel } from '../parts/facts.tsx';
import { Day } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { fill, wordFor } from '../words/fill.ts';
import { nameIn } from '../words/name-in.ts';
import { showValue } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import type { Agreement, TariffLine } from './biller-shape.ts';

interface AgreementsProps {
  rows: readonly Agreement[];
  currency: string;
  /** What a channel earns is told to the operator's people alone. */
  isOperators: boolean;
}

export function Agreements({ rows, currency, isOperators }: AgreementsProps) {
  const { billers } = useWords();
  const columns = useColumns(currency, isOperators);
  return (
    <Panel title={billers.agreements}>
      {rows.length === 0 ? (
        <p class="hint">{billers.noAgreements}</p>
      ) : (
        <Table
          caption={billers.agreements}
          rows={rows}
          keyOf={({ channelCode }) => channelCode}
          columns={columns}
        />
      )}
    </Panel>
  );
}

function useColumns(currency: string, isOperators: boolean): Column<Agreement>[] {
  const { words, language } = useSpeech();
  const { billers } = words;
  const commission: Column<Agreement> = {
    name: billers.commission,
    isMinor: true,
    show: ({ terms }) => <Lines of={terms?.commission} currency={currency} />,
  };
  return [
    {
      name: billers.channel,
      show: ({ channelCode, channelName }) => <bdi>{nameIn(channelName, language, channelCode)}</bdi>,
    },
    {
      name: billers.route,
      isMinor: true,
      show: ({ terms }) => (terms === null ? billers.ended : wordFor(billers.routes, terms.route)),
    },
    {
      name: billers.fees,
      show: ({ terms }) => (
        <>
          <Lines of={terms?.fees} currency={currency} />
          {terms?.taxPercent !== undefined && (
            <p class="hint">{fill(billers.tax, { percent: terms.taxPercent })}</p>
          )}
        </>
      ),
    },
    ...(isOperators ? [commission] : []),
    {
      name: billers.version,
      isMinor: true,
      show: ({ version, recordedAt }) => (
        <>
          {version} · <Day of={recordedAt.slice(0, 10)} />
        </>
      ),
    },
  ];
}

function Lines({ of, currency }: { of: readonly TariffLine[] | undefined; currency: string }) {
  const { words, language } = useSpeech();
  const { billers } = words;
  if (of === undefined || of.length === 0) return <span class="none">{billers.free}</span>;
  const amount = (value: string): string => `${showValue(value, language)} ${currency}`;
  return (
    <ul class="terms">
      {of.map((line, nth) => (
        <li key={nth}>{textOf(line, billers.line, amount)}</li>
      ))}
    </ul>
  );
}

type LineWords = ReturnType<typeof useWords>['billers']['line'];

function textOf(line: TariffLine, words: LineWords, amount: (value: string) => string): string {
  const { flat, percent, per, bearer, payerPercent, methods, outletKinds } = line;
  const bounds = (['min', 'max', 'from', 'to'] as const).flatMap((name) => {
    const value = line[name];
    return value === undefined ? [] : [fill(words[name], { amount: amount(value) })];
  });
  const borne = bearer === undefined ? [] : [wordFor(words, bearer)];
  return [
    ...(flat === undefined ? [] : [fill('{amount}', { amount: amount(flat) })]),
    ...(percent === undefined ? [] : [fill(words.percent, { percent })]),
    ...bounds,
    ...(per === undefined ? [] : [words[per]]),
    ...borne,
    ...(payerPercent === undefined
      ? []
      : [`${words.payer} ${fill(words.percent, { percent: payerPercent })}`]),
    ...[...(methods ?? []), ...(outletKinds ?? [])].map((name) => fill('{name}', { name })),
  ].join(' · ');
}
