// Is the process alive, and can it do its work? Two questions with two answers: an orchestrator restarts what is not
// alive, and only sends no traffic to what is not ready. The root names the checks; each has two seconds.

import { Type } from '@fastify/type-provider-typebox';
import type { Server } from './server.ts';

/** Resolves to true when the thing works; false, rejecting and taking too long all count as failed. */
export type HealthCheck = () => boolean | Promise<boolean>;

const CHECK_MS = 2000;
const Result = Type.Enum(['ok', 'failed']);
const Checks = Type.Record(Type.String(), Result, {
  description: 'Each thing the gateway needs, and whether it works.',
  examples: [{ database: 'ok', queue: 'ok', migrations: 'ok' }],
});

export interface Health {
  /** Without one of these the process can do none of its work: not ready. */
  readonly needed: Readonly<Record<string, HealthCheck>>;
  /** Told beside them, and no reason to send payments elsewhere: every other process misses it as well. */
  readonly told: Readonly<Record<string, HealthCheck>>;
}

export function registerHealth(app: Server, { needed, told }: Health): void {
  const checks = { ...needed, ...told };
  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'healthLive',
        summary: 'Is the process alive?',
        tags: ['operations'],
        security: [],
        response: {
          200: Type.Object({ process: Result }, { description: 'It is.', examples: [{ process: 'ok' }] }),
        },
      },
    },
    () => ({ process: 'ok' as const }),
  );
  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'healthReady',
        summary: 'Can it do its work?',
        tags: ['operations'],
        security: [],
        response: {
          200: Checks,
          503: { ...Checks, description: 'At least one thing the gateway needs does not work.' },
        },
      },
    },
    async (_request, reply) => {
      const names = Object.keys(checks);
      const results = await Promise.all(names.map((name) => run(checks[name])));
      const ready = results.every((works, at) => works || (names[at] ?? '') in told);
      if (!ready) reply.header('retry-after', '1');
      const body = Object.fromEntries(
        names.map((name, at) => [name, results[at] ? ('ok' as const) : ('failed' as const)]),
      );
      return reply.code(ready ? 200 : 503).send(body);
    },
  );
}

async function run(check: HealthCheck | undefined): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_MS);
  });
  try {
    return await Promise.race([check?.() ?? false, late]);
  } catch {
    // A check that throws has answered the question; what is wrong is logged by the part that owns it.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
