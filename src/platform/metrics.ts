// Measurements in Prometheus' form, on a port of their own so that they are never public by accident. Rooms register
// their own metrics here; what every request touches is counted in plain maps and only named when it is read.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

/** A registry with the process's own metrics (memory, event loop, collections). */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Counts one answer of a route by its HTTP status. */
export type CountAnswer = (status: number) => void;

/**
 * `wasit_http_requests_total{method,route,status}`. Returns what makes the counter of one route: asked once when the
 * route is registered, called for every answer, without building labels.
 */
export function countRequests(registry: Registry): (method: string, route: string) => CountAnswer {
  const routes: { method: string; route: string; byStatus: Map<number, number> }[] = [];
  const counter = new Counter({
    name: 'wasit_http_requests_total',
    help: 'Answered requests by route and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const { method, route, byStatus } of routes) {
        for (const [status, count] of byStatus) counter.inc({ method, route, status }, count);
      }
    },
  });
  return (method, route) => {
    const byStatus = new Map<number, number>();
    routes.push({ method, route, byStatus });
    return (status) => void byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  };
}

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `/metrics` and nothing else. Port 0 takes a free one. Rejects when the port is taken. */
export async function metricsServer(
  registry: Registry,
  at: { host: string; port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end('a metric could not be collected'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
