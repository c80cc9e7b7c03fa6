// CPU time of processes, read from the kernel: what a payment costs whom. It tells where the time goes on a machine
// whose cores the generator, the gateway and PostgreSQL share, and it moves less than the rate when others work too.

import fs from 'node:fs/promises';
import path from 'node:path';

const TICKS_A_SECOND = 100;

/** Seconds of CPU that a process has used so far, its children that have ended included; 0 when it is gone. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / TICKS_A_SECOND;
}

/** The same over all processes that work in a folder: PostgreSQL's server and backends in their data. */
export async function cpuSecondsBelow(folder: string): Promise<number> {
  const pids = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const times = pids.map(async (pid) => {
    const cwd = await fs.readlink(`/proc/${pid}/cwd`).catch(() => '');
    return cwd === folder || cwd.startsWith(`${folder}${path.sep}`) ? cpuSeconds(Number(pid)) : 0;
  });
  return (await Promise.all(times)).reduce((sum, time) => sum + time, 0);
}
