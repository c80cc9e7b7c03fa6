// Before something is done that cannot be undone: what it will do, in words, and a way out. The browser's own dialog keeps the
// keyboard inside and gives it back.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, Problem } from '../reach/call.ts';
import { useWords } from '../words/words.ts';
import { Button } from './button.tsx';
import { Refusal } from './loaded.tsx';

interface AskProps {
  readonly title: string;
  /** What it will do. */
  readonly children: ComponentChildren;
  /** On the button, such as "Suspend the channel". */
  readonly verb: string;
  readonly isDangerous?: boolean;
  readonly canDo?: boolean;
  readonly act: () => Promise<Answer<unknown>>;
  /** It is done, or given up. */
  readonly close: (isDone: boolean) => void;
}

export function Ask({ title, children, verb, isDangerous = false, canDo = true, act, close }: AskProps) {
  const { common } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await act();
    setBusy(false);
    if (answer.ok) close(true);
    else setProblem(answer.problem);
  };
  return (
    <dialog ref={dialog} class="ask" aria-labelledby="ask-title" onClose={() => close(false)}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="ask-title">{title}</h2>
        {children}
        <Refusal problem={problem} />
        <footer>
          <Button kind="quiet" onClick={() => dialog.current?.close()}>
            {common.cancel}
          </Button>
          <Button type="submit" kind={isDangerous ? 'danger' : 'main'} isBusy={isBusy} disabled={!canDo}>
            {verb}
          </Button>
        </footer>
      </form>
    </dialog>
  );
}
