// The closed days of an agency: what each came to, and when it is paid.

import { BillerChoice, isOperator } from '../parts/biller-choice.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Blank } from '../parts/loaded.tsx';
import { Amount, Day } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import type { Settlement } from './settlement-shape.ts';

export default function SettlementsPage({ staff }: PageProps) {
  const { settlements, common, places } = useWords();
  const { query } = useAddress();
  const biller = query.get('biller');
  const needsBiller = isOperator(staff) && biller === null;
  const filters = { biller, from: query.get('from'), to: query.get('to'), order: 'desc' };
  const read = useRead<Page<Settlement>>(
    needsBiller
      ? undefined
      : pathWith('/v1/settlements', { ...filters, after: query.get('after'), limit: '31' }),
  );
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  const columns = useColumns(biller);
  return (
    <>
      <Head title={places.settlements} under={settlements.under}>
        {!needsBiller && (
          <ExportList<Settlement>
            path={pathWith('/v1/settlements', { ...filters, limit: '1000' })}
            fileName="settlements.csv"
            columns={[
              [settlements.day, ({ businessDate }) => businessDate],
              [settlements.payments, ({ totals }) => String(totals.payments)],
              [settlements.gross, ({ totals }) => totals.gross.value],
              [settlements.net, ({ net }) => net.value],
              [settlements.remitted, ({ remitted }) => remitted.value],
              [settlements.currency, ({ net }) => net.currency],
              [settlements.valueDate, ({ valueDate }) => valueDate],
            ]}
          />
        )}
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <Field
          label={common.from}
          type="date"
          value={filters.from ?? ''}
          onValue={(from) => choose({ from })}
        />
        <Field label={common.until} type="date" value={filters.to ?? ''} onValue={(to) => choose({ to })} />
      </form>
      {needsBiller ? (
        <Blank icon="bank" title={common.chooseBiller} />
      ) : (
        <List
          caption={places.settlements}
          read={read}
          keyOf={({ settlementId }) => settlementId}
          columns={columns}
          empty={settlements.empty}
        />
      )}
    </>
  );
}

function useColumns(biller: string | null): Column<Settlement>[] {
  const { settlements } = useWords();
  const { language } = useSpeech();
  return [
    {
      name: settlements.day,
      show: ({ settlementId, businessDate }) => (
        <Link to={pathWith(`/console/settlements/${settlementId}`, { biller })}>
          <Day of={businessDate} />
        </Link>
      ),
    },
    {
      name: settlements.payments,
      isNumber: true,
      isMinor: true,
      show: ({ totals }) => showCount(totals.payments, language),
    },
    {
      name: settlements.gross,
      isNumber: true,
      isMinor: true,
      show: ({ totals }) => <Amount of={totals.gross} />,
    },
    { name: settlements.net, isNumber: true, show: ({ net }) => <Amount of={net} /> },
    {
      name: settlements.remitted,
      isNumber: true,
      isMinor: true,
      show: ({ remitted }) => <Amount of={remitted} />,
    },
    { name: settlements.valueDate, isMinor: true, show: ({ valueDate }) => <Day of={valueDate} /> },
  ];
}
