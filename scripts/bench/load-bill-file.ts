// Sends a file of bills as an agency does and waits until the worker is done with it.

import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FileState {
  readonly state: string;
  readonly lines: number;
  readonly created: number;
  readonly rejected: number;
}

/** The state `done`; throws when the file fails. `secret`: the agency's bearer key. */
export async function loadBillFile(port: number, secret: string, file: string): Promise<FileState> {
  const url = `http://127.0.0.1:${port}/v1/bill-files`;
  const authorization = `Bearer ${secret}`;
  const sent = await fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'text/csv' },
    body: Readable.toWeb(createReadStream(file, { highWaterMark: 1 << 18 })) as ReadableStream,
    duplex: 'half',
  });
  const answer = (await sent.json()) as { fileId?: string };
  if (sent.status !== 202 || answer.fileId === undefined)
    throw new Error(`the file was answered ${sent.status}: ${JSON.stringify(answer)}`);
  for (;;) {
    const asked = await fetch(`${url}/${answer.fileId}`, { headers: { authorization } });
    const state = (await asked.json()) as FileState;
    if (state.state === 'failed') throw new Error(JSON.stringify(state));
    if (state.state === 'done') return state;
    await sleep(50);
  }
}
