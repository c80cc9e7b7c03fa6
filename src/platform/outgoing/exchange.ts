// One request and its answer, as the HTTP client reports it: settled once, by whichever comes first of the whole
// answer, a failure, the time-out, or being given up. `maySent` turns true immediately before the first byte is
// written, so false means that the other side has seen nothing.

import type { Dispatcher } from 'undici';
import { answerFault, CallFault, isMistake } from './call-fault.ts';
import type { CallFailure, CallResult } from './call.ts';

export interface Exchange {
  readonly handler: Dispatcher.DispatchHandler;
  /** Rejects only when the request was not one (a header with a line break): a mistake of the program. */
  readonly result: Promise<CallResult>;
  giveUp(failure: CallFailure, detail: string): void;
}

export interface ExchangeLimits {
  /** From now to the last byte of the answer, waiting for a connection included. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  /** Asked when a connection broke before anything was sent: hands the request over once more, or says no. */
  readonly again: () => boolean;
}

export function startExchange({ timeoutMs, maxAnswerBytes, again }: ExchangeLimits): Exchange {
  const startedAt = performance.now();
  const { promise, resolve, reject } = promiseParts<CallResult>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let status = 0;
  let headers: Record<string, string | string[] | undefined> = {};
  let controller: Dispatcher.DispatchController | undefined;
  let settled = false;
  // A turn later: when this process was busy itself, what has arrived meanwhile is read first, and is no silence of theirs.
  const timer = setTimeout(() => setImmediate(timeOut), timeoutMs);
  const timeOut = () => giveUp('timeout', `no whole answer within ${timeoutMs} ms`);

  const settle = (): number => {
    settled = true;
    clearTimeout(timer);
    return Math.round(performance.now() - startedAt);
  };
  const fail = ({ failure, message }: CallFault): void => {
    if (settled) return;
    resolve({ ok: false, failure, detail: message, maySent: controller !== undefined, tookMs: settle() });
  };
  const giveUp = (failure: CallFailure, detail: string): void => {
    const fault = new CallFault(failure, detail);
    fail(fault);
    controller?.abort(fault); // drops the connection
  };
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(starting) {
      if (settled) starting.abort(new CallFault('timeout', 'given up before it was sent'));
      else controller = starting;
    },
    onResponseStart(_, statusCode, answered) {
      status = statusCode;
      headers = answered;
    },
    onResponseData(_, chunk) {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) giveUp('too-large', `the answer has more than ${maxAnswerBytes} bytes`);
      else if (!settled) chunks.push(chunk);
    },
    onResponseEnd() {
      if (!settled) resolve({ ok: true, status, headers, body: Buffer.concat(chunks), tookMs: settle() });
    },
    onResponseError(_, error) {
      if (settled) return;
      if (isMistake(error)) {
        settle();
        reject(error);
      } else if (controller || error instanceof CallFault || !again()) fail(answerFault(error));
    },
  };
  return { handler, result: promise, giveUp };
}

interface PromiseParts<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: Error) => void;
}

function promiseParts<T>(): PromiseParts<T> {
  let parts: Omit<PromiseParts<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => (parts = { resolve, reject }));
  if (!parts) throw new Error('a promise calls its executor at once');
  return { promise, ...parts };
}
