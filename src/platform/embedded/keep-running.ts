// Starts an embedded server again when it has ended by itself: killed, out of memory, crashed. A few times at the most,
// so that one that cannot live is told and not started for ever. Its process is looked at, not its answers: a server
// that is slow is left alone.
import { setTimeout as pause } from 'node:timers/promises';
import { processStatus, serversIn } from './processes.ts';

export interface Service {
  url: string;
  stop(): Promise<void>;
}

export interface Kept {
  /** For a person: PostgreSQL, Redis. */
  readonly name: string;
  /** Real path of its data, and what its program is called. */
  readonly dir: string;
  readonly program: RegExp;
  /** Refuses what another try does not help against with a `BeyondRestart`. */
  start(): Promise<unknown>;
}

export interface Keeping {
  log: (line: string) => void;
  /** It does not run any more and is not started again; why, in words for a person. Called once. */
  onLost: (why: string) => void;
  /** Between two looks. */
  everyMs?: number;
}

/** Starting it again would do harm, or cannot help. */
export class BeyondRestart extends Error {}

const EVERY_MS = 500;
const PAUSE_MS = 1000;
const MOST_STARTS = 5;
const WITHIN_MS = 600_000;

/** Looks after a server that runs now. The function that it returns ends that, and waits for a start under way. */
export async function keepRunning(server: Kept, keeping: Keeping): Promise<() => Promise<void>> {
  const first = await processIn(server);
  const ended = new AbortController();
  const looking = look(server, keeping, first, ended.signal).catch((error: unknown) => {
    if (!ended.signal.aborted) keeping.onLost(wordsOf(error));
  });
  return async () => {
    ended.abort();
    await looking;
  };
}

async function look(
  server: Kept,
  { log, onLost, everyMs = EVERY_MS }: Keeping,
  first: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const starts: number[] = [];
  for (let known = first; ;) {
    await pause(everyMs, undefined, { signal });
    if (known !== undefined && (await isAlive(known))) continue;
    while (starts[0] !== undefined && starts[0] < performance.now() - WITHIN_MS) starts.shift();
    if (starts.length >= MOST_STARTS) {
      onLost(`the embedded ${server.name} has ended ${MOST_STARTS + 1} times within ten minutes`);
      return;
    }
    starts.push(performance.now());
    log(`the embedded ${server.name} has ended by itself; it is started again`);
    try {
      await server.start();
      known = await processIn(server);
      log(`the embedded ${server.name} runs again`);
    } catch (error) {
      if (error instanceof BeyondRestart) throw error;
      log(`the embedded ${server.name} could not be started again: ${wordsOf(error)}`);
      known = undefined;
      await pause(PAUSE_MS, undefined, { signal });
    }
  }
}

/** Pid and start: these name one process for good. */
async function processIn({ dir, program }: Kept): Promise<string | undefined> {
  const [pid] = await serversIn(dir, program);
  const status = pid === undefined ? undefined : await processStatus(pid);
  return status && `${pid} ${status.startedAt}`;
}

async function isAlive(known: string): Promise<boolean> {
  const [pid, startedAt] = known.split(' ');
  return (await processStatus(Number(pid)))?.startedAt === startedAt;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
