// What banks answer to the orders of the remitting world, as pain.002, brought by hand or laid into a folder.
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import { takeBankAnswer, type TakenAnswer } from '../../src/settlement/orders/index.ts';
import type { RemitWorld } from './remit-world.ts';

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
  return Buffer.from(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${order}</OrgnlMsgId>${group === '' ? '' : `<GrpSts>${group}</GrpSts>`}</OrgnlGrpInfAndSts>
${blocks.map(blockOf).join('')}</CstmrPmtStsRpt></Document>`);
}

function blockOf({ id, word, transfers = [] }: Block): string {
  const status = word === undefined ? '' : `<PmtInfSts>${word}</PmtInfSts>`;
  const each = transfers.map(
    ([endToEndId, code]) =>
      `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>${code}</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf></TxInfAndSts>`,
  );
  return `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${status}${each.join('')}</OrgnlPmtInfAndSts>`;
}

/** Several reports in one file. */
export function envelope(...reports: readonly Buffer[]): Buffer {
  return Buffer.from(`<Envelope>${reports.map(String).join('')}</Envelope>`);
}

export const messageIdOf = (files: ReadonlyMap<string, string>): string =>
  /<MsgId>(\w+)<\/MsgId>/.exec([...files.values()][0] ?? '')?.[1] ?? '';

export async function answer(
  { db }: Pick<RemitWorld, 'db'>,
  bytes: Buffer,
  accountId: number | null = null,
): Promise<TakenAnswer> {
  return takeBankAnswer(db, readOrderStatus, { name: 'answer.xml', bytes, accountId, bankId: null });
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
