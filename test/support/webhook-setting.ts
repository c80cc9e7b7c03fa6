// An agency that sets, changes and removes its webhook over HTTP, and bills of its to be paid.
import type { Test } from 'tap';
import { pay } from './confirmed.ts';
import { startConfirmingWorld, type ConfirmingWorld } from './confirming.ts';
import { addManyBills } from './world.ts';

export interface Shown {
  readonly url: string;
  readonly events: string[] | null;
  readonly batch: boolean;
  readonly secret?: string;
  readonly previousSecretUntil?: string;
}

export const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;

export async function startWithoutWebhook(t: Test) {
  const world = await startConfirmingWorld(t);
  const agency = world.client('om-social');
  const put = async (body: object): Promise<Shown> => {
    const answer = await agency.send<Shown>('PUT', '/v1/webhook', { url: world.agency.url, ...body });
    if (answer.body === undefined) throw new Error(answer.text);
    return answer.body;
  };
  const numbers = await addManyBills(world.db, 'om', 'W', 20, '10.000');
  const payNext = (): Promise<string> => pay(world.client('bank'), numbers.shift() ?? '');
  return { world, agency, put, payNext };
}

/** The status of a `DELETE`. */
export async function remove({ baseUrl, keys }: ConfirmingWorld): Promise<number> {
  const headers = { authorization: `Bearer ${keys.get('om-social') ?? ''}` };
  return (await fetch(`${baseUrl}/v1/webhook`, { method: 'DELETE', headers })).status;
}
