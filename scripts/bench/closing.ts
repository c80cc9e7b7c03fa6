// What a benchmark started and must stop again: in reverse order, at its end as on Ctrl-C.

type Close = () => Promise<void>;

const open: Close[] = [];
let closing: Promise<void> | undefined;

/** Registers what stops a thing; the returned function stops it early. Stopped once, whoever asks. */
export function toClose(close: Close): Close {
  let closed: Promise<void> | undefined;
  const once = (): Promise<void> => (closed ??= close());
  open.push(once);
  return once;
}

/** Stops everything that is still open, the newest first, and goes on when something cannot be stopped. */
export function closeAll(): Promise<void> {
  return (closing ??= closeInTurn().finally(() => (closing = undefined)));
}

async function closeInTurn(): Promise<void> {
  for (let close = open.pop(); close !== undefined; close = open.pop()) {
    await close().catch((error: unknown) => console.error('while stopping:', error));
  }
}

/** From now on an interrupt stops everything before the program ends. */
export function closeOnInterrupt(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      console.error(`\n${signal}: stopping`);
      void closeAll().then(() => process.exit(130));
    });
  }
}
