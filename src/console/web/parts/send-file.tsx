// Sending a file: chosen or dropped, its way told in percent.

import { useState } from 'preact/hooks';
import type { Problem } from '../reach/call.ts';
import { upload } from '../reach/upload.ts';
import { fill } from '../words/fill.ts';
import { Icon } from './icon.tsx';
import { Refusal } from './loaded.tsx';

interface SendFileProps {
  words: { readonly choose: string; readonly chooseHint: string; readonly sending: string };
  /** Endings that the browser offers; left out: all. */
  accept?: string;
  /** Where a file goes, and as what. */
  toSend: (file: File) => { readonly path: string; readonly type: string };
  sent: () => void;
}

export function SendFile({ words, accept, toSend, sent }: SendFileProps) {
  const [share, setShare] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const [isOver, setOver] = useState(false);
  const send = async (file: File | undefined): Promise<void> => {
    if (file === undefined || share !== undefined) return;
    setProblem(undefined);
    setShare(0);
    const answer = await upload({ ...toSend(file), file, onProgress: setShare });
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
          {share === undefined ? words.choose : fill(words.sending, { percent: Math.floor(share * 100) })}
        </strong>
        <span class="hint">{words.chooseHint}</span>
        {share !== undefined && <progress max={1} value={share} aria-label={words.choose} />}
        <input
          type="file"
          class="visually-hidden"
          {...(accept !== undefined && { accept })}
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
