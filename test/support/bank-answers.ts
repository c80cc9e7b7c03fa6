// What banks answer to the orders of the remitting world, as pain.002, brought by hand or laid into a folder.
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readOrderStatus, writeStatus } from '../../src/dialects/iso20022/index.ts';
import { orderKinds } from '../../src/order-kinds.ts';
import { takeBankAnswer, type TakenAnswer } from '../../src/orders/index.ts';
import type { RemitWorld } from './remit-world.ts';
import { MASTER_KEY } from './world.ts';

/** End-to-end id and word. */
type Word = readonly [string, string];

export interface Block {
  readonly id: string;
  readonly word?: string;
  readonly transfers?: readonly Word[];
}

/** One report; empty `group`: nothing is said of the whole. */
export const report = (order: string, group: string, transfers: readonly Word[] = []): Buffer =>
  reportOf(order, group, [{ id: `${order}-1`, transfers }]);

export function reportOf(order: string, group: string, blocks: readonly Block[]): Buffer {
  const said = (code: string) => (code === '' ? null : { code, reasons: [] });
  return writeStatus({
    messageId: 'B1',
    createdAt: new Date('2026-11-24T09:00:00Z'),
    orderMessageId: order,
    orderMessage: 'pain.001.001.09',
    whole: said(group),
    payments: blocks.map(({ id, word = '', transfers = [] }) => ({
      paymentId: id,
      whole: said(word),
      transactions: transfers.map(([endToEndId, code]) => ({
        endToEndId,
        standing: { code, reasons: ['AC01'] },
      })),
    })),
  });
}

/** Several reports in one file. */
export function envelope(...reports: readonly Buffer[]): Buffer {
  const inner = reports.map((each) => String(each).replace(/^<\?xml[^>]*>/, ''));
  return Buffer.from(`<Envelope>${inner.join('')}</Envelope>`);
}

export const messageIdOf = (files: ReadonlyMap<string, string>): string =>
  /<MsgId>(\w+)<\/MsgId>/.exec([...files.values()][0] ?? '')?.[1] ?? '';

export async function answer(
  { db }: Pick<RemitWorld, 'db'>,
  bytes: Buffer,
  accountId: number | null = null,
): Promise<TakenAnswer> {
  const tools = { database: db, masterKey: MASTER_KEY, reader: readOrderStatus, kinds: orderKinds };
  return takeBankAnswer(tools, { name: 'answer.xml', bytes, accountId, bankId: null });
}

/** Into the folder of a bank, as if it had lain there for `ageS` seconds. */
export async function lay(
  { dataDir }: Pick<RemitWorld, 'dataDir'>,
  bank: string,
  name: string | Buffer,
  bytes: Buffer | string,
  ageS = 60,
): Promise<string> {
  const folder = path.join(dataDir, 'answers', bank);
  await mkdir(folder, { recursive: true });
  const file = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]);
  await writeFile(file, bytes);
  const then = Date.now() / 1000 - ageS;
  await utimes(file, then, then);
  return folder;
}
