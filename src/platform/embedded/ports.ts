// Is a port free? Asked before a server starts, so that the person reads which variable to change and not a server's log.
import net from 'node:net';

/** Refuses, naming the variable, when something listens on 127.0.0.1:port or the port may not be used. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const failure = await tryListen(port);
  if (!failure) return;
  if (failure.code === 'EADDRINUSE')
    throw new Error(
      `port ${port} (${variable}) is taken by another program; stop that program, or set ${variable} to a free port ` +
        `(WASIT_PORT moves all of them: the others follow it)`,
    );
  throw new Error(`port ${port} (${variable}) cannot be used: ${failure.message}`, { cause: failure });
}

/** A port that nobody uses now. For tests; the product's own ports are configured. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

function tryListen(port: number): Promise<NodeJS.ErrnoException | undefined> {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}
