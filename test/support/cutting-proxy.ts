// A proxy before PostgreSQL that cuts one connection of a payment lane at the moment it is told: before anything is
// done, when the commit comes by, or when its answer comes back. Everything else passes untouched.
import net from 'node:net';

export type Cut =
  /** The group's first statements are lost. */
  | 'begin'
  /** The commit never arrives: nothing was done. */
  | 'commit'
  /** The commit is done, its answer lost. */
  | 'committed';

export interface CuttingProxy {
  /** The address of the database by way of the proxy. */
  readonly url: string;
  /** The next `times` connections on which this comes by are cut there. */
  cut(at: Cut, times?: number): void;
  /** How many have been cut so far. */
  readonly cuts: number;
  close(): Promise<void>;
}

export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const upstream = new URL(databaseUrl);
  const open = new Set<net.Socket>();
  let armed: Cut | undefined;
  let left = 0;
  let cuts = 0;
  const server = net.createServer((client) => {
    const database = net.connect(Number(upstream.port), upstream.hostname);
    const both = [client, database];
    let isLane = false;
    const drop = (): void => both.forEach((socket) => socket.destroy());
    const cutHere = (at: Cut): boolean => {
      if (!isLane || armed !== at) return false;
      cuts += 1;
      left -= 1;
      if (left === 0) armed = undefined;
      drop();
      return true;
    };
    for (const socket of both) {
      open.add(socket);
      socket.on('close', () => (open.delete(socket), drop()));
      socket.on('error', drop);
    }
    client.on('data', (bytes) => {
      isLane ||= bytes.includes('wasit-lane-');
      if (bytes.includes('begin;') && cutHere('begin')) return;
      if (bytes.includes('commit\0') && cutHere('commit')) return;
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (bytes.includes('COMMIT\0') && cutHere('committed')) return;
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  return {
    url: url.href,
    cut(at, times = 1) {
      armed = at;
      left = times;
    },
    get cuts() {
      return cuts;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
