// The master key of an embedded installation: 32 random bytes in `<dataDir>/master.key`, made at the first start.
// It is never overwritten: losing it makes every sealed secret in the database unreadable.
import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Returns the key's 32 bytes. Refuses a file that does not hold exactly that. */
export async function readOrCreateMasterKey(dataDir: string): Promise<Buffer> {
  const file = path.join(dataDir, 'master.key');
  const existing = await readKey(file);
  if (existing) return existing;
  await fs.mkdir(dataDir, { recursive: true, mode: 0o711 });
  const draft = `${file}.${randomUUID()}`;
  const handle = await fs.open(draft, 'w', 0o600);
  await handle.writeFile(`${randomBytes(32).toString('base64')}\n`);
  await handle.sync();
  await handle.close();
  // A link either makes the whole file appear or fails because another process was first: no half-written key.
  await fs.link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await fs.rm(draft);
  const key = await readKey(file);
  if (!key) throw new Error(`${file} vanished while it was being written`);
  return key;
}

async function readKey(file: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32)
    throw new Error(`${file} does not hold the base64 of 32 bytes; restore it from a backup`);
  return key;
}
