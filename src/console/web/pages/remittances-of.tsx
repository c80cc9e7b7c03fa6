// Where the money of a closed day went, and how far it has come.

import { Panel } from '../parts/facts.tsx';
import { Blank, Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, Moment, State } from '../parts/shown.tsx';
import { Table, type Page } from '../parts/table.tsx';
import { pathWith } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { REMITTANCE_TONES, type Remittance } from './settlement-shape.ts';

export function Remittances({ settlementId, biller }: { settlementId: string; biller: string | null }) {
  const { settlements: words } = useWords();
  const read = useRead<Page<Remittance>>(pathWith(`/v1/settlements/${settlementId}/remittance`, { biller }));
  return (
    <Panel title={words.remittances}>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Blank icon="bank" title={words.noRemittances} />
          ) : (
            items.map((remittance) => <OneRemittance key={remittance.remittanceId} of={remittance} />)
          )
        }
      </Loaded>
    </Panel>
  );
}

function OneRemittance({ of }: { of: Remittance }) {
  const { settlements: words } = useWords();
  return (
    <>
      <Table
        caption={`${words.remittances} ${of.endToEndId}`}
        keyOf={({ remittanceId }) => remittanceId}
        rows={[of]}
        columns={[
          { name: words.account, show: ({ account, unit }) => <Account account={account} unit={unit} /> },
          { name: words.amountColumn, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
          { name: words.valueDate, isMinor: true, show: ({ valueDate }) => <Day of={valueDate} /> },
          {
            name: words.endToEndId,
            isMinor: true,
            show: ({ endToEndId }) => <Code of={endToEndId} canCopy />,
          },
          {
            name: words.state,
            show: ({ state, held, late }) => (
              <>
                <State of={state} names={words.states} tones={REMITTANCE_TONES} />
                {held !== null && <p class="hint">{wordFor(words.held, held)}</p>}
                {late && <p class="hint">{words.late}</p>}
              </>
            ),
          },
        ]}
      />
      <details class="told">
        <summary>{words.steps}</summary>
        <ul class="steps">
          {of.steps.map(({ state, at, reason }, nth) => (
            <li key={nth}>
              <p>
                {wordFor(words.states, state)} · <Moment of={at} />
              </p>
              {reason !== null && (
                <p>
                  <bdi>{wordFor(words.held, reason)}</bdi>
                </p>
              )}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Account({ account, unit }: { account: string | null; unit: string | null }) {
  return (
    <>
      <Code of={account} />
      {unit !== null && (
        <p class="hint">
          <bdi>{unit}</bdi>
        </p>
      )}
    </>
  );
}
