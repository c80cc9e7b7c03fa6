// Runs commands of `wasit` one after the other, each as a process of its own would: what it writes and its exit code are
// the answer. Loading the program anew for each takes longer than most of what they do.
import { run } from '../../src/cli.ts';

/** A command, or an answer to it. */
export interface Asked {
  readonly id: number;
  readonly args: readonly string[];
}
export interface Answered {
  readonly id: number;
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let last: Promise<void> = Promise.resolve();
process.on('message', (asked: Asked) => {
  last = last.then(() => answer(asked));
});
process.on('disconnect', () => process.exit());

async function answer({ id, args }: Asked): Promise<void> {
  const out = capture(process.stdout);
  const err = capture(process.stderr);
  process.exitCode = 0;
  await run(args);
  const code = Number(process.exitCode);
  process.send?.({ id, code, out: out(), err: err() } satisfies Answered);
}

/** From now on; the function that is returned ends it and tells what was written. */
function capture(stream: NodeJS.WriteStream): () => string {
  const chunks: Buffer[] = [];
  const taken = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    chunks.push(Buffer.from(chunk));
    const done = more.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  stream.write = taken;
  return () => {
    Reflect.deleteProperty(stream, 'write');
    return Buffer.concat(chunks).toString();
  };
}
