// The demo agency over HTTP: confirmations in, its books out, and the live link to the bills of eg-local. Remember: it
// answers 2xx when what it was told is committed, and not before.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isFromWasit } from '../../docs/samples/verify.ts';
import type { AgencyFile } from '../../src/demo/index.ts';
import { answerQuestion, type BillParts, type Question } from './bills.ts';
import type { Books, EventData } from './books.ts';
import { PAGE_POLICY, showPage } from './page.ts';
import { findPayment, latestPayments } from './records.ts';

export interface AgencyParts extends BillParts {
  readonly books: Books;
  /** Of the installation that it belongs to. */
  readonly dataDir: string;
  readonly settings: () => Promise<AgencyFile>;
  readonly say: (line: string) => void;
}

const MOST_BYTES = 16 * 1024 * 1024;
const SHOWN = 50;

export function agencyServer(parts: AgencyParts): Server {
  return createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      // Not taken: Wasit sends it again.
      parts.say(error instanceof Error ? error.message : String(error));
      if (!response.headersSent) send(response, 503, { error: 'not now' });
      else response.destroy();
    });
  });
}

async function answer(parts: AgencyParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://agency');
  const [, place = '', name = ''] = pathname.split('/');
  const route = `${request.method} /${place}`;
  if (route === 'POST /confirmations') return takeConfirmation(parts, name, request, response);
  if (route === 'POST /inquiries') return answerInquiry(parts, request, response);
  if (route === 'GET /payments') {
    const record = await findPayment(parts.books, name);
    return record === undefined ? send(response, 404, { error: 'not booked' }) : send(response, 200, record);
  }
  if (route === 'GET /about') return send(response, 200, { dataDir: parts.dataDir, pid: process.pid });
  if (route !== 'GET /') return send(response, 404, { error: 'there is nothing here' });
  const latest = await latestPayments(parts.books, SHOWN);
  if (request.headers.accept?.includes('text/html') !== true) return send(response, 200, latest);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-store',
  });
  response.end(showPage(latest));
}

/** Signature first, then the content, then the books, then the answer. */
async function takeConfirmation(
  { books, settings }: AgencyParts,
  biller: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const secret = (await settings()).webhooks[biller];
  if (secret === undefined || !isFromWasit(secret, request.headers, body))
    return send(response, 401, { error: 'the signature does not hold' });
  const { type, data } = JSON.parse(body.toString('utf8')) as { type: string; data: EventData | EventData[] };
  const events = (Array.isArray(data) ? data : [data]).filter(({ eventId }) => eventId !== undefined);
  if (events.length > 0) await books.take(biller, type, events);
  response.writeHead(204).end();
}

async function answerInquiry(
  parts: AgencyParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const { link } = await parts.settings();
  if (!isFromWasit(link.secret, request.headers, body))
    return send(response, 401, { error: 'the signature does not hold' });
  const question = JSON.parse(body.toString('utf8')) as Question;
  send(response, 200, { bills: await answerQuestion(parts, link.billerCode, question) });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('a request is larger than this agency takes');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
}
