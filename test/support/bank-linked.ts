// The mandates' world with a bank of the operator's, an agency that collects, and the sweep of the worker for banks of payers.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import type { Test } from 'tap';
import { addBank, addBankAccount } from '../../src/billers/bank/index.ts';
import { Directory } from '../../src/channels/index.ts';
import { debitWriter, mandateRequestWriter } from '../../src/dialects/index.ts';
import { putDebitTerms } from '../../src/mandates/debits/index.ts';
import { bookDebits, planDebits, sweepBankLinks } from '../../src/mandates/index.ts';
import { undoTools } from '../../src/payments/index.ts';
import { orderKinds, readBankAnswer } from '../../src/order-kinds.ts';
import { sweepOrders, takeBankAnswer, type TakenAnswer } from '../../src/orders/index.ts';
import { makeMandateWorld, type MandateWorld } from './mandates.ts';
import { LOCAL, testLines } from './payers-bank.ts';
import { sendDebits } from './sending.ts';
import { ACTOR, done, MASTER_KEY } from './world.ts';

export interface LinkedWorld extends MandateWorld {
  readonly dataDir: string;
  /** Channels whose bank gave an answer that was thrown away. */
  readonly wrong: readonly string[];
  /** What was logged, and what was told beside each line. */
  readonly lines: string[];
  readonly told: string[];
  /** What the worker does from time to time; `andOrders`: files are handed over too. */
  readonly sweep: () => Promise<void>;
  readonly carry: () => Promise<void>;
  /** Debits are planned, built, called for and booked. */
  readonly collect: () => Promise<void>;
  /** Everything that waits for a pause may be tried now. */
  readonly skipPauses: () => Promise<void>;
  /** Files that lie at the bank, by name. */
  readonly files: () => Promise<Map<string, string>>;
  readonly answer: (bytes: Buffer) => Promise<TakenAnswer>;
}

export async function makeLinkedWorld(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  settings: Readonly<Record<string, string>> = {},
  now?: () => number,
): Promise<LinkedWorld> {
  const world = await makeMandateWorld(t, { WASIT_PRIVATE_NETWORKS: LOCAL.join(','), ...settings });
  const { db } = world;
  await collects(world);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'wasit-linked-'));
  t.teardown(() => rm(dataDir, { recursive: true, force: true }));
  const directory = await Directory.open(db);
  const { lines, wrong } = testLines(t, now);
  const said: string[] = [];
  const told: string[] = [];
  const say = (what: unknown, text?: string): void => {
    said.push(text ?? '');
    told.push(inspect(what, { depth: null }));
  };
  const log = { info: say, warn: say, error: say };
  const common = { database: db, masterKey: MASTER_KEY, log };
  const reader = readBankAnswer;
  const kinds = orderKinds;
  const folder = path.join(dataDir, 'orders');
  return {
    ...world,
    dataDir,
    wrong,
    lines: said,
    told,
    async sweep() {
      await directory.refresh();
      await sweepBankLinks({ ...common, directory, lines, writer: mandateRequestWriter });
    },
    async collect() {
      await directory.refresh();
      await planDebits({ database: db, directory, log: common.log }, 1);
      await sendDebits({ ...common, directory, debitWriter });
      await sweepBankLinks({ ...common, directory, lines, writer: mandateRequestWriter });
      const { openDays } = undoTools(db, directory);
      await bookDebits({ database: db, directory, log, openDays, onGivenUp: () => undefined });
    },
    carry: () => sweepOrders({ ...common, reader, kinds, dataDir }),
    skipPauses: () =>
      db.transaction(async (tx) => {
        await tx.query(`update mandate_submission set try_at = clock_timestamp() where state = 'waiting'`);
        await tx.query(`update mandate_cancellation set try_at = clock_timestamp() where state = 'waiting'`);
        await tx.query(`update debit_order set try_at = clock_timestamp() where try_at is not null`);
      }),
    async files() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.xml')).sort();
      const texts = names.map(
        async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const,
      );
      return new Map(await Promise.all(texts));
    },
    answer: (bytes) =>
      takeBankAnswer(
        { database: db, masterKey: MASTER_KEY, reader, kinds },
        { name: 'a.xml', bytes, accountId: null, bankId: null },
      ),
  };
}

async function collects({ db }: MandateWorld): Promise<void> {
  const change = {
    name: { en: 'Main Bank' },
    timeZone: 'Asia/Muscat',
    cutOff: '14:00',
    weekend: [5, 6],
    bic: 'BMUSOMRX',
    leadDays: 1,
    handover: { way: 'folder' },
  };
  done(await addBank(db, 'main', { change }, MASTER_KEY, ACTOR));
  const number = '9900OMR1234567890';
  const account = { bankCode: 'main', currency: 'OMR', holder: 'Wasit Operations', number };
  done(await addBankAccount(db, 'ours-omr', account, MASTER_KEY, ACTOR));
  await db.transaction((tx) =>
    putDebitTerms(tx, {
      billerId: 1,
      accountId: 1,
      schemeId: null,
      overCeiling: 'split',
      retryDays: [3],
      method: 'account',
      paidAt: 'settled',
    }),
  );
}
