// A server that closes answers what is under way and is gone within ten seconds, whatever its clients do: Node alone
// waits for connections that have not asked for anything yet, and for those that were in use and are kept alive.

import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Of Fastify, what is needed here. */
interface Closing {
  readonly server: Server;
  addHook(name: 'preClose', hook: (done: () => void) => void): unknown;
}

/** Then even those under way are cut: a sender that is slow, a reader that does not read. */
const GRACE_MS = 8_000;

/** Whether the server closes: answers then end their connections. */
export function closeConnections(app: Closing): () => boolean {
  const unused = new Set<Socket>();
  app.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref();
    done();
  });
  return () => isClosing;
}
