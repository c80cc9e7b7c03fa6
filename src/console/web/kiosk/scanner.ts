// Scanners of codes act as keyboards: a quick run of keys that Enter ends. People type slower.

const MOST_MS_BETWEEN = 60;
const FEWEST_KEYS = 4;

/** Hears every scan while it listens; returns how to stop. The keys of a scan press nothing else. */
export function listenToScanner(scanned: (text: string) => void): () => void {
  let run = '';
  let lastAt = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isQuick = event.timeStamp - lastAt <= MOST_MS_BETWEEN;
    if (event.key === 'Enter' && isQuick && run.length >= FEWEST_KEYS) {
      event.preventDefault();
      event.stopPropagation();
      const text = run;
      run = '';
      scanned(text);
      return;
    }
    if (event.key.length !== 1) {
      if (event.key !== 'Shift') run = '';
      return;
    }
    run = isQuick ? run + event.key : event.key;
    lastAt = event.timeStamp;
  };
  addEventListener('keydown', onKey, { capture: true });
  return () => removeEventListener('keydown', onKey, { capture: true });
}
