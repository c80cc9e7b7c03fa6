// One mandate: whose account, how much and when, which payers it covers, its form, its debits, and what may be done with it.

import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { History } from '../parts/history.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, State } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { pathWith, useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { fill, wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { ActOnMandate, type MandateAct } from './mandate-act.tsx';
import { MANDATE_TONES, type WholeMandate } from './mandate-shape.ts';

export default function MandatePage({ named, staff }: PageProps) {
  const { mandates } = useWords();
  const biller = useAddress().query.get('biller');
  const path = `/v1/mandates/${encodeURIComponent(named['mandateId'] ?? '')}`;
  const read = useRead<WholeMandate>(pathWith(path, { biller }));
  const [act, setAct] = useState<MandateAct>();
  return (
    <Loaded read={read}>
      {(mandate) => (
        <>
          <Head
            title={<bdi>{mandate.payerName}</bdi>}
            under={
              <>
                <State of={mandate.state} names={mandates.states} tones={MANDATE_TONES} />{' '}
                <bdi>{mandate.reason}</bdi>
              </>
            }
          >
            <Link
              class="button plain"
              to={pathWith('/console/debits', { biller, mandateId: mandate.mandateId })}
            >
              {mandates.debits}
            </Link>
            {(staff.role === 'approver' || staff.role === 'finance-officer') && (
              <Acts state={mandate.state} choose={setAct} />
            )}
          </Head>
          <Terms of={mandate} />
          <Covers of={mandate} />
          <Happened of={mandate} />
          {act && (
            <ActOnMandate
              of={mandate}
              act={act}
              close={(isDone) => {
                setAct(undefined);
                if (isDone) read.again();
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

/** A mandate waits for the agency once its bank has validated it; afterwards it can be stopped for a while or for good. */
function Acts({ state, choose }: { state: string; choose: (act: MandateAct) => void }) {
  const { mandates } = useWords();
  if (state !== 'bank-validated') return null;
  return (
    <>
      <Button onClick={() => choose('return')}>{mandates.acts.return}</Button>
      <Button kind="danger" onClick={() => choose('reject')}>
        {mandates.acts.reject}
      </Button>
      <Button kind="main" icon="check" onClick={() => choose('accept')}>
        {mandates.acts.accept}
      </Button>
    </>
  );
}

function Terms({ of }: { of: WholeMandate }) {
  const { mandates } = useWords();
  return (
    <Panel title={mandates.terms}>
      <Facts
        of={[
          [mandates.account, <Code key="n" of={of.account.number} />],
          [mandates.holder, <bdi key="h">{of.account.holder}</bdi>],
          [mandates.bank, <Code key="b" of={of.channelCode} />],
          [
            mandates.collect,
            `${wordFor(mandates.collects, of.collect.on)} ${of.collect.days?.join(', ') ?? ''}`.trim(),
          ],
          [mandates.perDebit, <Amount key="d" of={of.ceiling.perDebit} />],
          [mandates.perMonth, <Amount key="m" of={of.ceiling.perMonth} />],
          [mandates.validFrom, <Day key="f" of={of.validFrom} />],
          [mandates.validUntil, <Day key="u" of={of.validUntil} />],
          [mandates.announced, fill(mandates.daysBefore, { days: of.announceDays })],
          [mandates.reference, <Code key="r" of={of.reference} canCopy />],
          of.form !== null && [
            mandates.form,
            <a key="o" href={`/v1/mandates/${of.mandateId}/form`} download={of.form.name}>
              <bdi>{of.form.name}</bdi>
            </a>,
          ],
        ]}
      />
    </Panel>
  );
}

function Covers({ of }: { of: WholeMandate }) {
  const { mandates, common } = useWords();
  return (
    <Panel title={mandates.covers}>
      <Table
        caption={mandates.covers}
        rows={of.covers}
        keyOf={({ billerCode, payerId }) => `${billerCode} ${payerId}`}
        columns={[
          { name: common.biller, show: ({ billerCode }) => <Code of={billerCode} /> },
          { name: mandates.payerId, show: ({ payerId }) => <Code of={payerId} /> },
          { name: mandates.units, isMinor: true, show: ({ units }) => <bdi>{units.join(', ')}</bdi> },
          { name: common.state, show: ({ state }) => wordFor(mandates.coverStates, state) },
        ]}
      />
    </Panel>
  );
}

function Happened({ of }: { of: WholeMandate }) {
  const { mandates, common } = useWords();
  const steps = of.history.map((each) => ({
    what: (
      <>
        <bdi>{each.by?.name ?? each.client ?? common.system}</bdi> · {wordFor(mandates.happened, each.action)}
      </>
    ),
    at: each.at,
    said: each.reason,
  }));
  return <History title={mandates.history} steps={steps} />;
}
