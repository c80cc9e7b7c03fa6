// Sending a file of bills: chosen or dropped, its way told in percent; the same file twice loads nothing twice.

import { useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { Refusal } from '../parts/loaded.tsx';
import type { Problem } from '../reach/call.ts';
import { upload } from '../reach/upload.ts';
import { fill } from '../words/fill.ts';
import { useWords } from '../words/words.ts';

const TYPES = [
  [/\.(ndjson|jsonl)(\.gz)?$/i, 'application/x-ndjson'],
  [/\.csv(\.gz)?$/i, 'text/csv'],
] as const;

export function SendBills({ sent }: { sent: () => void }) {
  const { billFiles } = useWords();
  const [share, setShare] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const [isOver, setOver] = useState(false);
  const send = async (file: File | undefined): Promise<void> => {
    if (file === undefined || share !== undefined) return;
    setProblem(undefined);
    setShare(0);
    const type = TYPES.find(([form]) => form.test(file.name))?.[1] ?? 'text/csv';
    const answer = await upload({ path: '/v1/bill-files', file, type, onProgress: setShare });
    setShare(undefined);
    if (answer.ok) sent();
    else setProblem(answer.problem);
  };
  return (
    <>
      <label
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send(event.dataTransfer?.files[0]);
        }}
      >
        <Icon name="upload" size={28} />
        <strong>
          {share === undefined
            ? billFiles.choose
            : fill(billFiles.sending, { percent: Math.floor(share * 100) })}
        </strong>
        <span class="hint">{billFiles.chooseHint}</span>
        {share !== undefined && <progress max={1} value={share} aria-label={billFiles.choose} />}
        <input
          type="file"
          class="visually-hidden"
          accept=".csv,.ndjson,.jsonl"
          disabled={share !== undefined}
          onChange={(event) => {
            const { currentTarget } = event;
            void send(currentTarget.files?.[0]).then(() => (currentTarget.value = ''));
          }}
        />
      </label>
      <Refusal problem={problem} />
    </>
  );
}
