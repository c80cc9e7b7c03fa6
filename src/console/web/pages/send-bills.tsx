// Sending a file of bills: the same file twice loads nothing twice.

import { SendFile } from '../parts/send-file.tsx';
import { useWords } from '../words/words.ts';

const TYPES = [
  [/\.(ndjson|jsonl)(\.gz)?$/i, 'application/x-ndjson'],
  [/\.csv(\.gz)?$/i, 'text/csv'],
] as const;

export function SendBills({ sent }: { sent: () => void }) {
  const { billFiles } = useWords();
  return (
    <SendFile
      words={billFiles}
      accept=".csv,.ndjson,.jsonl"
      toSend={({ name }) => ({
        path: '/v1/bill-files',
        type: TYPES.find(([form]) => form.test(name))?.[1] ?? 'text/csv',
      })}
      sent={sent}
    />
  );
}
