// What a call is to the rooms that make one: the request, the answer, and the ways to fail, each of which says whether
// the other side may have seen the request.

import type { LookupFunction } from 'node:net';

export type CallFailure =
  /** Not a URL that may be called, or no address of the host may be connected to. */
  | 'refused-address'
  /** No such name, or nobody took the connection. */
  | 'unreachable'
  | 'timeout'
  /** The connection broke before the answer was whole. */
  | 'reset'
  /** The handshake or the certificate. */
  | 'tls'
  | 'too-large'
  /** Not HTTP. */
  | 'malformed';

export type CallResult =
  /** Any HTTP status, 3xx included. */
  | {
      readonly ok: true;
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Record<string, string | string[] | undefined>;
      /** As sent, not decompressed: nothing else was asked for. */
      readonly body: Buffer;
      readonly tookMs: number;
    }
  | {
      readonly ok: false;
      readonly failure: CallFailure;
      readonly detail: string;
      /** False only when it is certain that no byte of the request reached the other side. */
      readonly maySent: boolean;
      readonly tookMs: number;
    };

export interface CallRequest {
  /** Without `host` and what frames the message: those follow from the URL and the body. */
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
  /** For the whole call: waiting for a free connection, connecting, sending, the last byte of the answer. */
  readonly timeoutMs: number;
  /** Default 64 KiB. */
  readonly maxAnswerBytes?: number;
}

export interface Caller {
  /** POST. Rejects only on a mistake of the program, such as a header that is none. */
  post(url: string, request: CallRequest): Promise<CallResult>;
  /** Lets calls under way end, for 5 s at the most; later ones are answered `unreachable`, not sent. */
  close(): Promise<void>;
}

export interface CallerOptions {
  /** CIDR. Nothing else that is private is connected to, and nothing without TLS. */
  readonly allowedNetworks: readonly string[];
  /** Calls beyond wait, within their own time. Default 16. */
  readonly connectionsPerOrigin?: number;
  /** Default: the system's. */
  readonly lookup?: LookupFunction;
}
