// The lone client's yardstick: the same server, gate and checks as the gateway, but each payment is one call of
// `bench.pay_one` (direct-call.sql), committed by itself. No lane, no group. Prints `ready`.

import { createSecretKey } from 'node:crypto';
import { destination } from 'pino';
import {
  callingChannel,
  Directory,
  keepGate,
  serves,
  agreementAt,
  agreementKey,
} from '../../src/channels/index.ts';
import { buildKeyRing, createIdentifier, loadKeys } from '../../src/channels/credentials/index.ts';
import { loadMasterKey, readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newId, newReceiptNo, showId, showReceipt } from '../../src/kernel/ids.ts';
import { formatMinor } from '../../src/kernel/money.ts';
import { accountOf } from '../../src/ledger/index.ts';
import { readPayment } from '../../src/payments/read-payment.ts';
import { PaymentBody } from '../../src/payments/schema.ts';
import { openDatabase, Session, txOf } from '../../src/platform/db/index.ts';
import { buildServer, RateBudgets } from '../../src/platform/http/index.ts';
import { createLog } from '../../src/platform/log.ts';

const config = readConfig();
const log = createLog({
  level: config.logLevel,
  stream: destination({ dest: process.env['BENCH_LOG'], sync: false }),
});
const masterKey = await loadMasterKey(config);
const database = openDatabase(config.databaseUrl ?? '');
const directory = await Directory.open(database);
const ring = buildKeyRing(await database.transaction(loadKeys), masterKey);
const session = new Session(config.databaseUrl ?? '', 'bench-direct');
const app = buildServer({ log, trustProxy: false });
keepGate(app, {
  identifier: createIdentifier({ keys: () => ring, clock: systemClock }),
  directory,
  budgets: new RateBudgets(undefined, () => undefined),
  defaultRate: 1_000_000,
});
const tools = {
  quoteKey: createSecretKey(masterKey),
  membersOf: async () => new Map<string, readonly string[]>(),
};
const CALL = {
  name: 'pay_one',
  text: 'select bench.pay_one($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 999::smallint) as answer',
};

app.post('/v1/payments', { schema: { body: PaymentBody } }, async (request, reply) => {
  const channel = callingChannel(request, directory);
  const { current } = directory;
  const biller = current.billersByCode.get(request.body.billerCode);
  if (biller === undefined) throw new Error('unknown biller');
  const command = await readPayment(request.body, channel.channelId, biller, tools);
  const terms = agreementAt(
    current.agreements.get(agreementKey(biller.billerId, channel.channelId)) ?? [],
    new Date(),
  )?.compiled;
  if (
    channel.suspended ||
    serves(terms, { ...command, date: new Date().toISOString().slice(0, 10) }) !== undefined
  )
    throw new Error('not served');
  const [item] = command.items;
  if (item === undefined) throw new Error('no bill');
  const [paymentId, receiptNo] = [newId(Date.now(), biller.billerId), newReceiptNo(Date.now())];
  const money = { value: formatMinor(item.amountMinor, biller.currency), currency: biller.currency };
  const none = { value: formatMinor(0n, biller.currency), currency: biller.currency };
  const head = JSON.stringify({
    paymentId: showId('pay', paymentId),
    reference: command.reference,
    status: 'accepted',
    receiptNumber: showReceipt(biller.billerId, receiptNo),
    billerCode: biller.code,
    channelCode: channel.code,
    bills: [{ billNumber: item.billNumber, amount: money, amountDue: money, penalty: none }],
    amount: money,
    fee: none,
    total: money,
    method: command.method,
    route: 'via-operator',
    outlet: request.body.outlet,
    occurredAt: command.occurredAt,
  });
  const [row] = await txOf(await session.connected()).run<{ answer: string }>(CALL, [
    current.revision,
    channel.channelId,
    command.reference,
    biller.billerId,
    item.billNumber,
    item.amountMinor,
    biller.currency,
    command.method,
    command.occurredAt,
    JSON.stringify(command.details),
    command.fingerprint,
    paymentId,
    receiptNo,
    head.slice(0, -1),
    accountOf('channel/receivable', channel.channelId, biller.currency).accountNo,
    accountOf('biller/payable', 0, biller.currency).accountNo,
  ]);
  return reply
    .code(201)
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(row?.answer);
});

await app.listen({ host: config.host, port: config.port });
console.log('ready');
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
