// The lines of a file of statements as the bank says them, and what each was placed as.

import { Choice } from '../parts/field.tsx';
import { Panel } from '../parts/facts.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, Day, State } from '../parts/shown.tsx';
import { List, type Page } from '../parts/table.tsx';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { fill, wordFor } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { OUTCOME_TONES, type OneStatement, type StatementLine } from './statement-shape.ts';

interface StatementLinesProps {
  path: string;
  statements: readonly OneStatement[];
}

export function StatementLines({ path, statements: read }: StatementLinesProps) {
  const { statements, common } = useWords();
  const { query } = useAddress();
  const outcome = query.get('outcome');
  const lines = useRead<Page<StatementLine>>(
    pathWith(path, { outcome, after: query.get('after'), limit: '100' }),
  );
  const there = [...new Set(read.flatMap(({ outcomes }) => Object.keys(outcomes)))];
  return (
    <Panel
      title={statements.theLines}
      actions={
        <Choice
          label={statements.placedAs}
          value={outcome ?? ''}
          onValue={(chosen) => go(withQuery({ outcome: chosen }), { replaces: true })}
          options={[
            ['', common.all],
            ...there.map((each) => [each, wordFor(statements.outcomes, each)] as const),
          ]}
        />
      }
    >
      <List
        caption={statements.theLines}
        read={lines}
        empty={statements.noLines}
        keyOf={({ statementId, line }) => `${statementId}:${line}`}
        columns={[
          { name: statements.bookedOn, show: ({ bookedOn }) => <Day of={bookedOn} /> },
          { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
          { name: statements.text, isMinor: true, show: (line) => <Said of={line} /> },
          { name: statements.placedAs, show: (line) => <Placed of={line} /> },
        ]}
      />
    </Panel>
  );
}

function Said({ of }: { of: StatementLine }) {
  return (
    <>
      <bdi class="long">{of.text}</bdi>
      {of.counterparty !== null && (
        <p class="hint">
          <bdi>{of.counterparty}</bdi>
        </p>
      )}
    </>
  );
}

function Placed({ of }: { of: StatementLine }) {
  const { statements, breaks } = useWords();
  const { language } = useSpeech();
  const more = of.parts - of.bookedAs.length;
  return (
    <>
      <State of={of.outcome} names={statements.outcomes} tones={OUTCOME_TONES} />
      {of.bookedAs.map((part, at) => (
        <Part key={at} of={part} outcome={of.outcome} />
      ))}
      {more > 0 && <p class="hint">{fill(statements.more, { count: showCount(more, language) })}</p>}
      {of.breaks.map(({ breakId, kind }) => (
        <p class="hint" key={breakId}>
          <Link to={`/console/breaks/${breakId}`}>{wordFor(breaks.kinds, kind)}</Link>
        </p>
      ))}
    </>
  );
}

function Part({ of, outcome }: { of: StatementLine['bookedAs'][number]; outcome: string }) {
  const { statements } = useWords();
  const { kind, subject, channel, biller, approvalId } = of;
  const about = subject ?? channel ?? biller;
  if (about === null && approvalId === null && kind === outcome) return null;
  const to = subject === null ? undefined : placeOfSubject(subject, biller);
  return (
    <p class="hint">
      {kind !== outcome && `${wordFor(statements.outcomes, kind)} `}
      {about !== null &&
        (to === undefined ? (
          <Code of={about} />
        ) : (
          <Link to={to}>
            <Code of={about} />
          </Link>
        ))}
      {approvalId !== null && <Link to={`/console/approvals/${approvalId}`}>{statements.decided}</Link>}
    </p>
  );
}

function placeOfSubject(subject: string, biller: string | null): string | undefined {
  if (subject.startsWith('pay_')) return `/console/payments/${subject}`;
  return subject.startsWith('dbt_') ? pathWith(`/console/debits/${subject}`, { biller }) : undefined;
}
