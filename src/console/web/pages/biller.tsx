// One agency: its settings, where its money goes, what was agreed with channels, its calendar. The operator's people see any,
// an agency's people their own.

import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import { isOperator } from '../parts/biller-choice.tsx';
import type { PageProps } from '../place.ts';
import { pathWith } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { nameIn } from '../words/name-in.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { Agreements } from './agreements.tsx';
import { CalendarOf } from './calendar-of.tsx';
import { Holidays } from './holidays.tsx';
import { KeysOf } from './keys-of.tsx';
import type { Biller } from './biller-shape.ts';

export default function BillerPage({ named, staff }: PageProps) {
  const { words, language } = useSpeech();
  const code = named['code'] ?? staff.billerCode ?? '';
  const path = `/v1/billers/${encodeURIComponent(code)}`;
  const read = useRead<Biller>(path);
  const mayChange = staff.role === 'operator-admin';
  return (
    <Loaded read={read}>
      {(biller) => (
        <>
          <Head title={<bdi>{nameIn(biller.names, language, code)}</bdi>} under={<Code of={code} canCopy />}>
            {isOperator(staff) && (
              <Link class="button plain" to={pathWith('/console/audit', { subject: `biller/${code}` })}>
                {words.billers.changes}
              </Link>
            )}
          </Head>
          <div class="panels">
            <Settings of={biller} />
            <Accounts of={biller} />
          </div>
          <Agreements rows={biller.agreements} currency={biller.currency} isOperators={isOperator(staff)} />
          <CalendarOf weekend={biller.weekend} holidays={biller.holidays} />
          <Holidays path={path} rows={biller.holidays} mayDecide={mayChange} again={read.again} />
          {isOperator(staff) && <KeysOf client={code} mayChange={mayChange} />}
        </>
      )}
    </Loaded>
  );
}

function Settings({ of }: { of: Biller }) {
  const { words, language } = useSpeech();
  const { billers } = words;
  return (
    <Panel title={billers.settings}>
      <Facts
        of={[
          [billers.currency, <Code key="currency" of={of.currency} />],
          [billers.policy, wordFor(billers.policies, of.policy)],
          [billers.kind, wordFor(billers.kinds, of.kind)],
          [billers.cutOff, <Code key="cut" of={of.cutOff} />],
          [billers.timeZone, <Code key="zone" of={of.timeZone} />],
          [billers.remittanceDays, showCount(of.remittanceDays, language)],
          [billers.feesSettled, wordFor(billers.feesSettledAs, of.feesSettled)],
          [billers.reversal, showCount(of.reversalMinutes, language)],
          [
            billers.approveAbove,
            <Amount key="above" of={{ value: of.approveAbove, currency: of.currency }} />,
          ],
        ]}
      />
    </Panel>
  );
}

function Accounts({ of }: { of: Biller }) {
  const { billers } = useWords();
  const open = of.accounts.filter(({ endedAt }) => endedAt === null);
  return (
    <Panel title={billers.accounts}>
      {open.length === 0 ? (
        <p class="hint">{billers.noAccounts}</p>
      ) : (
        <Table
          caption={billers.accounts}
          rows={open}
          keyOf={({ unit }) => unit}
          columns={[
            {
              name: billers.unit,
              show: ({ unit }) => (unit === '' ? billers.whole : <Code of={unit} />),
            },
            { name: billers.account, show: ({ number }) => <Code of={number} /> },
            { name: billers.holder, show: ({ holder }) => <bdi>{holder}</bdi> },
          ]}
        />
      )}
    </Panel>
  );
}
