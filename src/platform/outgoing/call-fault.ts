// How a call can fail, and which errors of sockets, TLS and the HTTP client mean what. Where an error comes from
// decides, before its code: while connecting, nothing of the request has left.

import type { CallFailure } from './call.ts';

export class CallFault extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.failure = failure;
  }
}

/** An error while connecting: name not found, nobody there, the handshake of TLS. */
export function connectFault(error: Error, secure: boolean): CallFault {
  if (error instanceof CallFault) return error;
  const code = codeOf(error);
  const fault = (failure: CallFailure) => new CallFault(failure, detailOf(error), { cause: error });
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return fault('timeout');
  // Several addresses were tried, or the one did not take the connection; anything later is TLS.
  if (error instanceof AggregateError || ('syscall' in error && error.syscall === 'connect'))
    return fault('unreachable');
  return fault(secure ? 'tls' : 'unreachable');
}

/** An error on a connection that stood. */
export function answerFault(error: Error): CallFault {
  if (error instanceof CallFault) return error;
  const code = codeOf(error);
  const fault = (failure: CallFailure) => new CallFault(failure, detailOf(error), { cause: error });
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return fault('too-large');
  const isNotHttp = error.name === 'HTTPParserError' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  if (isNotHttp || /^bad (response|upgrade)$/.test(error.message)) return fault('malformed');
  // With TLS 1.3 a server can still refuse the handshake when the request is already on its way.
  return fault(/^ERR_(SSL|TLS)_|^EPROTO$/.test(code) ? 'tls' : 'reset');
}

/** The request itself was not one: a mistake of the program, to be thrown. */
export function isMistake(error: Error): boolean {
  return /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/.test(codeOf(error));
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function detailOf(error: Error): string {
  const code = codeOf(error);
  if (error.message === '') return code || error.name;
  return code === '' || error.message.includes(code) ? error.message : `${code}: ${error.message}`;
}
