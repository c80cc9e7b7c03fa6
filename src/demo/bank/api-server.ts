// The demo bank's API, as docs/debits-at-the-bank.md asks for it of a bank: calls that are signed, and answered the same
// however often they come. A call about an account that is silent is never answered.

import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { systemClock } from '../../kernel/clock.ts';
import { parseMinor, type MoneyText } from '../../kernel/money.ts';
import { readWebhookSecret, signWebhook } from '../../kernel/standard-webhooks.ts';
import { answerDebit, answerMandate, type BankWord } from './answer-calls.ts';
import type { AskedDebit, BankBooks } from './bank-books.ts';

export interface ApiParts {
  readonly books: BankBooks;
  /** Of the installation that it belongs to. */
  readonly dataDir: string;
  /** `whsec_…`, which it shares with Wasit. */
  readonly secret: string;
  /** The bank's date. */
  readonly today: () => Promise<BusinessDate>;
  readonly say: (line: string) => void;
}

const MOST_BYTES = 1024 * 1024;
const TOLERANCE_SECONDS = 300;

export function bankServer(parts: ApiParts): Server {
  return createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      parts.say(`${request.url ?? ''}: ${error instanceof Error ? error.message : String(error)}`);
      if (response.headersSent) response.destroy();
      else send(response, 400, { error: 'this call is not understood' });
    });
  });
}

async function answer(parts: ApiParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method} ${request.url?.replace(/\?.*$/, '')}`;
  if (route === 'GET /') return send(response, 200, { debits: parts.books.debits });
  if (route === 'GET /about') return send(response, 200, { dataDir: parts.dataDir, pid: process.pid });
  const isCancellation = /^POST \/mandates\/mnd_[0-9a-z]+\/cancellation$/.test(route);
  if (route !== 'POST /mandates' && route !== 'POST /debits' && !isCancellation)
    return send(response, 404, { error: 'there is nothing here' });
  const body = await bodyOf(request);
  if (!isSigned(parts.secret, request.headers, body))
    return send(response, 401, { error: 'the signature does not hold' });
  if (isCancellation) {
    parts.say(`${route}: cancelled`);
    return send(response, 200, { outcome: 'cancelled' });
  }
  const asked = JSON.parse(body.toString('utf8')) as AskedCall;
  const account = asked.account?.number ?? '';
  const word =
    route === 'POST /mandates'
      ? answerMandate(account, textOf(asked.requestId))
      : answerDebit(parts.books, debitOf(asked), await parts.today());
  await parts.books.keep();
  parts.say(`${route} ${account}: ${word?.outcome ?? 'silent'}${word?.code ? ` ${word.code}` : ''}`);
  if (word !== undefined) return send(response, 200, word);
}

interface AskedCall {
  readonly requestId?: string;
  readonly debitId?: string;
  readonly endToEndId?: string;
  readonly mandateId?: string;
  readonly account?: { readonly number?: string; readonly holder?: string };
  readonly amount?: MoneyText;
  readonly collectOn?: string;
  readonly billerName?: { readonly en?: string };
  readonly creditor?: { readonly name?: string; readonly account?: string } | null;
}

function debitOf({
  debitId,
  endToEndId,
  mandateId,
  account,
  amount,
  collectOn,
  creditor,
  billerName,
}: AskedCall): AskedDebit {
  const minor = amount && parseMinor(amount.value, amount.currency);
  if (amount === undefined || minor === undefined) throw new Error('a debit has no amount');
  return {
    endToEndId: textOf(endToEndId),
    orderMessageId: null,
    debitId: textOf(debitId),
    mandate: textOf(mandateId),
    debtor: textOf(account?.number),
    debtorName: textOf(account?.holder),
    creditor: creditor?.account ?? '',
    creditorName: creditor?.name ?? '',
    forWhom: billerName?.en ?? null,
    minor: String(minor),
    currency: amount.currency,
    collectOn: textOf(collectOn),
  };
}

function textOf(text: string | undefined): string {
  if (typeof text !== 'string' || text === '') throw new Error('something is missing in it');
  return text;
}

/** By Standard Webhooks, as for agencies: docs/samples/verify.ts. */
function isSigned(secret: string, headers: IncomingMessage['headers'], body: Buffer): boolean {
  const [id, stamp, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  );
  const key = readWebhookSecret(secret);
  if (key === undefined || typeof id !== 'string' || typeof given !== 'string') return false;
  const timestampSeconds = Number(stamp);
  if (!Number.isInteger(timestampSeconds)) return false;
  if (Math.abs(systemClock.now().getTime() / 1000 - timestampSeconds) > TOLERANCE_SECONDS) return false;
  const signed = signWebhook({ secrets: [key], id, timestampSeconds, body });
  const wanted = Buffer.from(signed['webhook-signature']);
  return given.split(' ').some((each) => {
    const bytes = Buffer.from(each);
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('it is larger than this bank takes');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: BankWord | object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
}
