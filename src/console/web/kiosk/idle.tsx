// Nobody is there any more: the page is asked about, then cleared, so that the next payer sees nothing of the last one.

import { useEffect, useRef, useState } from 'preact/hooks';
import { fill } from '../words/fill.ts';
import { Dialog } from './dialog.tsx';
import { useSpeech } from './speech.ts';

const QUIET_MS = 45_000;
const COUNTED_FROM = 15;

/** Calls `left` once nobody has touched anything for a minute, a quarter of it with the question on the screen. */
export function Idle({ left }: { left: () => void }) {
  const { words } = useSpeech();
  const [seconds, setSeconds] = useState<number>();
  const touchedAt = useRef(performance.now());
  const leaving = useRef(left);
  leaving.current = left;
  useEffect(() => {
    const touch = (): void => {
      touchedAt.current = performance.now();
      setSeconds(undefined);
    };
    const look = (): void => {
      const over = performance.now() - touchedAt.current - QUIET_MS;
      if (over < 0) return;
      const remaining = COUNTED_FROM - Math.floor(over / 1000);
      if (remaining > 0) setSeconds(remaining);
      else {
        touch();
        leaving.current();
      }
    };
    const timer = setInterval(look, 1_000);
    addEventListener('pointerdown', touch);
    addEventListener('keydown', touch);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', touch);
      removeEventListener('keydown', touch);
    };
  }, []);
  if (seconds === undefined) return null;
  return (
    <Dialog title={words.stillThere} onClose={() => setSeconds(undefined)}>
      <p>{fill(words.stillThereText, { seconds })}</p>
      <footer>
        <button type="button" class="big main" onClick={() => setSeconds(undefined)}>
          {words.stillThereYes}
        </button>
      </footer>
    </Dialog>
  );
}
