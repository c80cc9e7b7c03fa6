// PostgreSQL refuses to run as root, so under root the servers run as another account.
// That account must be able to reach their programs and their data, wherever the checkout lies.
import fs from 'node:fs/promises';
import path from 'node:path';

export interface Account {
  uid: number;
  gid: number;
}

/**
 * Undefined: run as we are. Under root: the owner of the data when there is data (whoever started it before),
 * else `postgres`, else `nobody`.
 */
export async function serverAccount(dataDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await fs.stat(path.join(dataDir, 'pg')).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const passwd = await fs.readFile('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const fields = passwd
      .split('\n')
      .map((line) => line.split(':'))
      .find((entry) => entry[0] === name);
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this system has neither a postgres nor a nobody user',
  );
}

/** May the account walk into `dir`? Decided by the permission bits of every directory on the way. */
export async function reachable(dir: string, account: Account): Promise<boolean> {
  const real = await fs.realpath(dir);
  for (let step = real; ; step = path.dirname(step)) {
    const { uid, gid, mode } = await fs.stat(step);
    const needed = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) return false;
    if (step === '/') return true;
  }
}
