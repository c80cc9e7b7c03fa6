// How far long work has come: one line on a terminal, redrawn in place; silence in a pipe. On standard error, so
// that an answer written to a file is only the answer.

const WIDTH = 30;
const REDRAW_MS = 100;

export interface Progress {
  /** `part` from 0 to 1, or undefined where the end is not known. */
  show(text: string, part?: number): void;
  end(): void;
}

export function progress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  let drawnAt = -REDRAW_MS;
  return {
    show(text, part) {
      if (performance.now() - drawnAt < REDRAW_MS && part !== 1) return;
      drawnAt = performance.now();
      stream.write(`\r\u001b[2K${part === undefined ? '' : `${bar(part)} `}${text}`);
    },
    end: () => stream.write('\r\u001b[2K'),
  };
}

function bar(part: number): string {
  const done = Math.round(Math.min(1, Math.max(0, part)) * WIDTH);
  return `[${'#'.repeat(done)}${'.'.repeat(WIDTH - done)}] ${String(Math.floor(part * 100)).padStart(3)}%`;
}
