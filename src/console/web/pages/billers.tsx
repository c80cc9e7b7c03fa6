// The agencies of the installation. For the operator's people.

import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Code } from '../parts/shown.tsx';
import { List, type Page } from '../parts/table.tsx';
import { pathWith, useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { nameIn, type Names } from '../words/name-in.ts';
import { useSpeech } from '../words/words.ts';

interface Brief {
  readonly billerCode: string;
  readonly names: Names;
  readonly currency: string;
  readonly policy: string;
}

export default function BillersPage() {
  const { words, language } = useSpeech();
  const { billers, places } = words;
  const { query } = useAddress();
  const read = useRead<Page<Brief>>(pathWith('/v1/billers', { after: query.get('after'), limit: '50' }));
  return (
    <>
      <Head title={places.billers} under={billers.under} />
      <List
        caption={places.billers}
        read={read}
        keyOf={({ billerCode }) => billerCode}
        empty={billers.empty}
        columns={[
          {
            name: billers.name,
            show: ({ billerCode, names }) => (
              <Link to={`/console/billers/${encodeURIComponent(billerCode)}`}>
                <bdi>{nameIn(names, language, billerCode)}</bdi>
              </Link>
            ),
          },
          { name: billers.code, show: ({ billerCode }) => <Code of={billerCode} /> },
          { name: billers.currency, isMinor: true, show: ({ currency }) => <Code of={currency} /> },
          {
            name: billers.policy,
            isMinor: true,
            show: ({ policy }) => wordFor(billers.policies, policy),
          },
        ]}
      />
    </>
  );
}
