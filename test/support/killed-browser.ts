// A browser as a process of its own with a folder that outlives it: for being killed like a machine that loses its power.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { Test } from 'tap';
import { BROWSER_FLAGS, CHROMIUM } from './browser.ts';

export interface MortalBrowser {
  /** Starts it again on the same folder; a page that is empty yet. */
  open(): Promise<Page>;
  /** At once and with all its processes. */
  kill(): Promise<void>;
}

export async function mortalBrowser(t: Pick<Test, 'teardown'>): Promise<MortalBrowser> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-kiosk-'));
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const { pid } = child ?? {};
    if (child === undefined || pid === undefined || child.exitCode !== null || child.signalCode !== null)
      return;
    const gone = once(child, 'exit');
    process.kill(-pid, 'SIGKILL');
    await gone;
  };
  t.teardown(async () => {
    await kill();
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  const open = async (): Promise<Page> => {
    await kill();
    for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
      await fs.rm(path.join(folder, lock), { force: true });
    const flags = [
      ...BROWSER_FLAGS,
      '--headless=new',
      '--hide-crash-restore-bubble',
      '--remote-debugging-port=0',
    ];
    child = spawn(CHROMIUM, [...flags, `--user-data-dir=${folder}`, 'about:blank'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const browser = await chromium.connectOverCDP(await addressOf(child));
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('the browser has no context');
    return context.pages()[0] ?? context.newPage();
  };
  return { open, kill };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`the browser ended: ${said}`)));
  });
}
