// One round through a drop folder that others may write to at any time: each file is claimed (claim.ts), opened without
// following or waiting for anything, read as far as it is one regular file that has been quiet, and set aside. Whoever is
// killed is followed by whoever comes; who takes a file must bear the same one twice.

import { constants, type Stats } from 'node:fs';
import fs from 'node:fs/promises';
import type { Log } from '../log.ts';
import {
  claimFile,
  clearRoom,
  giveBack,
  hasRoom,
  keepTouched,
  leftClaims,
  takeOver,
  unlessGone,
  type Claim,
} from './claim.ts';
import { listDropped, setAside, type DroppedFile } from './drop-folder.ts';
import { memoryOf, type DropMemory } from './drop-memory.ts';

export interface DropRound {
  readonly folder: string;
  /** How the log calls what lies there, and whose it is. */
  readonly what: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** The real time, by which files are dated. */
  readonly nowMs: () => Promise<number>;
  /** How long a file must not have changed before it is read. */
  readonly quietMs?: number | undefined;
  /** How long a claim must not have been touched before it is another's. */
  readonly idleMs?: number | undefined;
}

/** `bytes` are `size` bytes, or throw. */
export interface TakenFile {
  readonly name: string;
  readonly size: number;
  readonly bytes: () => AsyncGenerator<Buffer>;
}

export type Aside = 'read' | 'refused';
type Taking = (file: TakenFile) => Promise<Aside>;

const QUIET_MS = 5_000;
const IDLE_MS = 60_000;
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

interface Round extends DropRound {
  readonly memory: DropMemory;
  readonly startMs: number;
}

/** A file that `take` throws on is tried again at the next round, and does not keep the others. */
export async function takeDropped(drop: DropRound, take: Taking): Promise<void> {
  const { folder } = drop;
  const memory = memoryOf(folder);
  const tellOnce = (name: string, text: string): void => {
    if (memory.isNews(`${text} ${name}`)) drop.log.error({ ...drop.facts, file: name }, text);
  };
  const { files, others } = await listDropped(folder);
  for (const { name } of others) tellOnce(name, 'what lies in a drop folder is no regular file; it stays');
  if (!(await hasRoom(folder))) tellOnce('.taking', 'what has this name is no folder; no file is taken');
  else {
    const left = await leftClaims(folder, memory, drop.idleMs ?? IDLE_MS);
    if (files.length + left.length > 0) {
      const round = { ...drop, memory, startMs: await drop.nowMs() };
      for (const home of left)
        await told(round, home, async () => workOn(round, await takeOver(folder, home), take));
      for (const file of files)
        await told(round, file.name, async () => workOn(round, await claimQuiet(round, file), take));
      await clearRoom(folder);
    }
  }
  memory.endRound();
}

async function told({ log, facts, what }: Round, file: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) =>
    log.error({ err: error, ...facts, file }, `${what} was not taken; it is tried again`),
  );
}

/** undefined: it is still written, or another's. */
async function claimQuiet(round: Round, file: DroppedFile): Promise<Claim | undefined> {
  const found = await fs.lstat(file.at).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found?.isFile() === true && isQuiet(round, found) ? claimFile(file) : undefined;
}

async function workOn(round: Round, claim: Claim | undefined, take: Taking): Promise<void> {
  if (claim === undefined) return;
  const rest = keepTouched(claim);
  try {
    const where = await readOnce(round, claim, take);
    const blocked = (name: string): void => {
      const text = 'what has this name is no folder; what was taken lies beside it';
      if (round.memory.isNews(`${text} ${name}`)) round.log.error({ ...round.facts, file: name }, text);
    };
    if (where !== undefined) await unlessGone(setAside(claim.file, where, blocked));
  } finally {
    rest();
    await giveBack(claim);
  }
}

/** undefined: what was claimed is not what was looked at, and is still written. */
async function readOnce(round: Round, { file }: Claim, take: Taking): Promise<Aside | undefined> {
  const { log, facts } = round;
  const { name, at } = file;
  const open = await openHere(at);
  const found = await open?.stat();
  if (open === undefined || found?.isFile() !== true) {
    await open?.close();
    log.error({ ...facts, file: name }, 'what took the place of a file is no regular file: set aside unread');
    return 'refused';
  }
  try {
    if (!isQuiet(round, found)) return undefined;
    return await take({ name, size: found.size, bytes: () => bytesOf(open, found) });
  } finally {
    await open.close();
  }
}

/** undefined: a link, or what cannot be opened without somebody at its other end. */
async function openHere(at: Buffer): Promise<fs.FileHandle | undefined> {
  return fs.open(at, READ).catch((error: NodeJS.ErrnoException) => {
    if (['ELOOP', 'EMLINK', 'ENXIO', 'ENODEV'].includes(error.code ?? '')) return undefined;
    throw error;
  });
}

/** Dated long enough ago, or, whatever clock dated it, the same as at a look that long ago. */
function isQuiet(
  { startMs, quietMs = QUIET_MS, memory }: Round,
  { dev, ino, size, mtimeMs }: Stats,
): boolean {
  const isSame = memory.isSame(`file ${dev} ${ino}`, `${size} ${mtimeMs}`, quietMs);
  return isSame || (mtimeMs <= startMs && startMs - mtimeMs >= quietMs);
}

async function* bytesOf(open: fs.FileHandle, { size, mtimeMs }: Stats): AsyncGenerator<Buffer> {
  if (size > 0)
    for await (const piece of open.createReadStream({ autoClose: false, start: 0, end: size - 1 }))
      yield piece as Buffer;
  const now = await open.stat();
  if (now.size !== size || now.mtimeMs !== mtimeMs) throw new Error('it changed while it was read');
}
