// Memory of a process as the kernel counts it.

import fs from 'node:fs/promises';

/** The most that it ever had (VmHWM), in megabytes. */
export function peakMemoryMb(pid: number): Promise<number> {
  return read(pid, 'VmHWM');
}

/** What it has now (VmRSS), in megabytes. */
export function memoryMb(pid: number): Promise<number> {
  return read(pid, 'VmRSS');
}

async function read(pid: number, name: string): Promise<number> {
  const status = await fs.readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`no ${name} of process ${pid}`);
  return Math.round(Number(kilobytes) / 1024);
}
