// Counts the answers of inquiry and payment where they leave the gateway, refusals and failures too; and writes the
// counts down every few seconds, with a mark that this gateway lived.

import type { FastifyRequest } from 'fastify';
import type { Directory } from '../../channels/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Server } from '../../platform/http/index.ts';
import type { Log } from '../../platform/log.ts';
import { ServiceCounts, type Operation } from './service-counts.ts';
import { addServiceCounts, markAlive } from './store-answers.ts';

const COUNTED: Record<string, Operation> = { '/v1/payments': 'pay', '/v1/inquiries': 'inquire' };

/** Before the routes are declared. */
export function countService(app: Server, counts: ServiceCounts, directory: Directory): void {
  app.addHook('onRoute', (route) => {
    const operation = route.method === 'POST' ? COUNTED[route.url] : undefined;
    if (operation === undefined) return;
    const count = (request: FastifyRequest, _: unknown, done: () => void): void => {
      const billerId = billerIdOf(request, directory);
      if (billerId !== undefined)
        counts.add(billerId, operation, request.failure?.code ?? 'ok', performance.now() - request.startedAt);
      done();
    };
    route.onResponse = [...[route.onResponse ?? []].flat(), count];
  });
}

/** undefined: the request names none that there is. */
function billerIdOf({ body }: FastifyRequest, directory: Directory): number | undefined {
  if (typeof body !== 'object' || body === null || !('billerCode' in body)) return undefined;
  return directory.current.billersByCode.get(String(body.billerCode))?.billerId;
}

const EVERY_MS = 20_000;

/** Counts that are written down again and again; `stop` writes the last ones. */
export function keepServiceCounts(
  database: Database,
  log: Pick<Log, 'warn'>,
): { readonly counts: ServiceCounts; stop(): Promise<void> } {
  const counts = new ServiceCounts();
  const write = async (): Promise<void> => {
    const taken = counts.take();
    try {
      await database.transaction(async (tx) => {
        await markAlive(tx);
        await addServiceCounts(tx, taken);
      });
    } catch (error) {
      counts.giveBack(taken);
      log.warn({ err: error }, 'what was answered could not be counted; the next round tries again');
    }
  };
  let writing = write();
  const timer = setInterval(() => {
    writing = writing.then(write);
  }, EVERY_MS).unref();
  return {
    counts,
    async stop() {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}
