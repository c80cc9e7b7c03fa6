// One file of statements: how each statement follows the one before it, and what each of its lines was placed as.

import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, Moment, State } from '../parts/shown.tsx';
import type { PageProps } from '../place.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { StatementLines } from './statement-lines.tsx';
import {
  CONTINUITY_TONES,
  FILE_STATE_TONES,
  type OneStatement,
  type WholeStatementFile,
} from './statement-shape.ts';

const EVERY_MS = 10_000;

export default function StatementPage({ named }: PageProps) {
  const { statements, places, common } = useWords();
  const path = `/v1/statements/${encodeURIComponent(named['fileId'] ?? '')}`;
  const read = useRead<WholeStatementFile>(path, { everyMs: EVERY_MS });
  return (
    <Loaded read={read}>
      {(file) => (
        <>
          <Head title={places.statement} under={<bdi class="long">{file.name}</bdi>} />
          {file.fault !== null && (
            <p class="note bad">
              <bdi>{[file.fault, file.place].filter((text) => text !== null).join(' · ')}</bdi>
            </p>
          )}
          <Panel>
            <Facts
              of={[
                [
                  common.state,
                  <State key="s" of={file.state} names={statements.fileStates} tones={FILE_STATE_TONES} />,
                ],
                [statements.receivedAt, <Moment key="r" of={file.receivedAt} />],
                [statements.source, wordFor(statements.sources, file.source)],
                [statements.bank, <Code key="b" of={file.bank} />],
                [statements.account, <Code key="a" of={file.account} />],
              ]}
            />
          </Panel>
          {file.statementsRead.map((one) => (
            <Statement key={one.statementId} of={one} />
          ))}
          {file.lines > 0 && <StatementLines path={`${path}/lines`} statements={file.statementsRead} />}
        </>
      )}
    </Loaded>
  );
}

function Statement({ of }: { of: OneStatement }) {
  const { statements, common } = useWords();
  const { language } = useSpeech();
  return (
    <Panel title={`${statements.forms[of.form]} ${of.reference}`}>
      <Facts
        of={[
          [
            statements.account,
            of.account === null ? (
              <Code key="a" of={of.biller} />
            ) : (
              <Link key="a" to={`/console/bank-accounts/${encodeURIComponent(of.account)}`}>
                <Code of={of.account} />
              </Link>
            ),
          ],
          [common.from, <Day key="f" of={of.from} />],
          [common.until, <Day key="t" of={of.to} />],
          [statements.opening, <Amount key="o" of={of.opening} />],
          [statements.credits, <Amount key="c" of={of.credits} />],
          [statements.debits, <Amount key="d" of={of.debits} />],
          [statements.closing, <Amount key="l" of={of.closing} />],
          [
            statements.continuity,
            <State key="n" of={of.continuity} names={statements.continuities} tones={CONTINUITY_TONES} />,
          ],
          ...Object.entries(of.outcomes).map(
            ([outcome, count]) =>
              [wordFor(statements.outcomes, outcome), showCount(count, language)] as const,
          ),
        ]}
      />
    </Panel>
  );
}
