// Bill files over HTTP as an agency sends them and reads what became of them.
import type { FileState } from '../../src/bills/file-schema.ts';
import type { BillsGateway } from './bills-gateway.ts';
import { until } from './until.ts';

export const HEADER = 'billNumber,payerId,payerName,description,amount,currency,dueOn,version';

export interface Sent {
  readonly status: number;
  readonly body: { fileId?: string; code?: string; errors?: { detail: string }[] };
}

export async function send(
  world: BillsGateway,
  bytes: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await fetch(`${world.baseUrl}/v1/bill-files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.key('om-social')}`, 'content-type': 'text/csv', ...headers },
    body: new Uint8Array(Buffer.from(bytes)),
  });
  return { status: response.status, body: (await response.json()) as Sent['body'] };
}

export async function get(world: BillsGateway, path: string, client = 'om-social'): Promise<Response> {
  return fetch(world.baseUrl + path, { headers: { authorization: `Bearer ${world.key(client)}` } });
}

export async function state(world: BillsGateway, fileId: string | undefined): Promise<FileState> {
  return (await (await get(world, `/v1/bill-files/${fileId}`)).json()) as FileState;
}

/** Waits for the worker. */
export async function loaded(world: BillsGateway, fileId: string | undefined): Promise<FileState> {
  return until(`the file ${fileId} loaded`, async () => {
    const file = await state(world, fileId);
    return file.state !== 'loading' && file.state !== 'receiving' && file;
  });
}

export async function rejects(world: BillsGateway, fileId: string | undefined): Promise<string[]> {
  const response = await get(world, `/v1/bill-files/${fileId}/rejects`);
  return (await response.text()).trimEnd().split('\r\n');
}

export const line = (
  number: string,
  change: { amount?: string; description?: string; version?: string; currency?: string } = {},
) =>
  `${number},E-1,شركة النور,${change.description ?? 'Due'},${change.amount ?? '1.500'},${change.currency ?? 'OMR'},2026-12-31,${change.version ?? ''}`;
