// A server on a port of the system's choice that answers as badly as it is told to, byte by byte, and remembers what
// reached it. Bare sockets: an HTTP server would be too polite.
import net from 'node:net';
import tls from 'node:tls';
import type { Test } from 'tap';

/** Called with each whole request; writes whatever it likes. */
export type Answer = (socket: net.Socket, request: string) => void;

export interface HostileServer {
  readonly port: number;
  /** Whole requests, head and body, in order of arrival. */
  readonly requests: readonly string[];
  /** Every connection ever taken, closed ones too. */
  readonly connections: readonly net.Socket[];
  /** From here on answers so. */
  answer: Answer;
  url(path?: string): string;
  close(): Promise<void>;
}

export interface HostileOptions {
  readonly host?: string;
  readonly port?: number;
  /** PEM: speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Closed at the end of the test. */
export async function startHostileServer(
  t: Test,
  answer: Answer,
  { host = '127.0.0.1', port = 0, tls: keys }: HostileOptions = {},
): Promise<HostileServer> {
  const requests: string[] = [];
  const connections: net.Socket[] = [];
  const take = (socket: net.Socket): void => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined); // the other side may leave at any moment
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      for (let end = wholeRequest(received); end > 0; end = wholeRequest(received)) {
        const request = received.subarray(0, end).toString('latin1');
        received = received.subarray(end);
        requests.push(request);
        hostile.answer(socket, request);
      }
    });
  };
  const server = keys ? tls.createServer({ ...keys }, take) : net.createServer(take);
  server.on('tlsClientError', () => undefined); // told by the client's side of the test
  server.on('connection', (socket: net.Socket) => connections.push(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const hostile: HostileServer = {
    port: address.port,
    requests,
    connections,
    answer,
    url: (path = '/') => `${keys ? 'https' : 'http'}://${host}:${address.port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      }),
  };
  t.teardown(() => hostile.close());
  return hostile;
}

/** The bytes of the first whole request; 0 while there is none. */
function wholeRequest(received: Buffer): number {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.toString('latin1', 0, head + 2))?.[1] ?? '0';
  const end = head + 4 + Number(length);
  return received.length >= end ? end : 0;
}

/** A proper answer; the connection is kept. */
export function answering(status: number, body = '', headers: Record<string, string> = {}): Answer {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return (socket) => socket.write(`HTTP/1.1 ${status} Whatever\r\n${lines}\r\n${body}`);
}

/** Takes the request and says nothing. */
export const hanging: Answer = () => undefined;

/** Promises a body and stops in the middle. */
export const hangingInBody: Answer = (socket) =>
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');

/** Breaks the connection (RST) when the request is there. */
export const resetting: Answer = (socket) => socket.resetAndDestroy();

/** A byte now and then, for ever. */
export const trickling: Answer = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
  const timer = setInterval(() => socket.write('1\r\nx\r\n'), 5);
  socket.on('close', () => clearInterval(timer));
};

/** Says these bytes, whatever they are, and hangs up. */
export function saying(bytes: string | Buffer): Answer {
  return (socket) => socket.end(bytes);
}
