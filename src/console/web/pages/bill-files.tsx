// Files of bills: one is sent, loads while one looks on, and what was refused is fetched to be mended.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Moment, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { pathWith, useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { fill } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { FILE_TONES, type BillFile } from './bill-shape.ts';
import { SendBills } from './send-bills.tsx';

const EVERY_MS = 2_000;

export default function BillFilesPage({ staff }: PageProps) {
  const { billFiles, places } = useWords();
  const { query } = useAddress();
  const { biller, isMissing } = useBiller(staff);
  const read = useRead<Page<BillFile>>(
    isMissing ? undefined : pathWith('/v1/bill-files', { biller, after: query.get('after'), limit: '25' }),
    { everyMs: EVERY_MS },
  );
  return (
    <>
      <Head title={places.billFiles} under={billFiles.under} />
      {staff.role === 'finance-officer' && <SendBills sent={read.again} />}
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
      </form>
      <ForBiller isMissing={isMissing}>
        <List
          caption={places.billFiles}
          read={read}
          keyOf={({ fileId }) => fileId}
          columns={useColumns(biller)}
          empty={billFiles.empty}
        />
      </ForBiller>
    </>
  );
}

function useColumns(biller: string | null): Column<BillFile>[] {
  const { billFiles, common } = useWords();
  const { language } = useSpeech();
  const count = (number: number) => showCount(number, language);
  return [
    { name: billFiles.receivedAt, show: ({ receivedAt }) => <Moment of={receivedAt} /> },
    { name: billFiles.lines, isNumber: true, isMinor: true, show: ({ lines }) => count(lines) },
    { name: billFiles.created, isNumber: true, isMinor: true, show: ({ created }) => count(created) },
    { name: billFiles.replaced, isNumber: true, isMinor: true, show: ({ replaced }) => count(replaced) },
    { name: billFiles.unchanged, isNumber: true, isMinor: true, show: ({ unchanged }) => count(unchanged) },
    {
      name: billFiles.rejected,
      isNumber: true,
      show: ({ fileId, rejected }) =>
        rejected === 0 ? (
          count(0)
        ) : (
          <a
            href={pathWith(`/v1/bill-files/${fileId}/rejects`, { biller })}
            download={`${fileId}.csv`}
            aria-label={fill(billFiles.fetchRejects, { count: count(rejected) })}
          >
            {count(rejected)}
          </a>
        ),
    },
    {
      name: common.state,
      show: ({ state, failure }) => (
        <>
          <State of={state} names={billFiles.states} tones={FILE_TONES} />
          {failure !== null && (
            <p class="fault">
              <bdi>{failure}</bdi>
            </p>
          )}
        </>
      ),
    },
  ];
}
