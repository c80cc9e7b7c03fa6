// What is no HTTP at all never becomes a request: the parser gives up on the socket. The client still gets a problem
// document, written by hand, in English because no header can be trusted; then the connection ends.

import type { Socket } from 'node:net';
import { PROBLEMS, refuse, type Code } from '../../kernel/errors.ts';
import { Malformed, toRefusal } from './malformed.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';

const reasons: Partial<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Content Too Large',
};

/** For Node's `clientError`. A peer that is gone already gets nothing. */
export function answerBrokenConnection(
  error: Error & { code?: string },
  socket: Socket,
  instance: string,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = codeOf(error.code);
  const refusal =
    code === 'malformed-request'
      ? toRefusal(new Malformed([{ pointer: '', key: 'badHttp' }]), 'en')
      : refuse(code);
  const body = JSON.stringify(toProblem(refusal, { language: 'en', instance }));
  const { status } = PROBLEMS[code];
  const head = [
    `HTTP/1.1 ${status} ${reasons[status] ?? ''}`,
    `content-type: ${PROBLEM_TYPE}`,
    'content-language: en',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${instance}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function codeOf(parserCode: string | undefined): Code {
  if (parserCode === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-timeout';
  if (parserCode === 'HPE_HEADER_OVERFLOW' || parserCode === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return 'payload-too-large';
  return 'malformed-request';
}
