// Files of bank statements: brought, read whole or refused whole.

import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { SendFile } from '../parts/send-file.tsx';
import { Code, Moment, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import { pathWith } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { FILE_STATE_TONES, type StatementFile } from './statement-shape.ts';

const EVERY_MS = 5_000;

export default function StatementsPage() {
  const { statements, places } = useWords();
  const read = useRead<Page<StatementFile>>('/v1/statements?limit=200', { everyMs: EVERY_MS });
  return (
    <>
      <Head title={places.statements} under={statements.under} />
      <SendFile
        words={statements}
        toSend={({ name }) => ({
          path: pathWith('/v1/statements', { name }),
          type: 'application/octet-stream',
        })}
        sent={read.again}
      />
      <List
        caption={places.statements}
        read={read}
        keyOf={({ fileId }) => fileId}
        columns={useColumns()}
        empty={statements.empty}
      />
    </>
  );
}

function useColumns(): Column<StatementFile>[] {
  const { statements, common } = useWords();
  const { language } = useSpeech();
  return [
    {
      name: statements.file,
      show: ({ fileId, name }) => (
        <Link to={`/console/statements/${fileId}`}>
          <bdi class="long">{name}</bdi>
        </Link>
      ),
    },
    { name: statements.receivedAt, isMinor: true, show: ({ receivedAt }) => <Moment of={receivedAt} /> },
    { name: statements.account, isMinor: true, show: ({ account }) => <Code of={account} /> },
    { name: statements.lines, isNumber: true, show: ({ lines }) => showCount(lines, language) },
    {
      name: common.state,
      show: ({ state, fault }) => (
        <>
          <State of={state} names={statements.fileStates} tones={FILE_STATE_TONES} />
          {fault !== null && (
            <p class="fault">
              <bdi>{fault}</bdi>
            </p>
          )}
        </>
      ),
    },
  ];
}
