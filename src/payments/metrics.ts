// What operations watch of the pay path: latency, size of groups, depth of the queue, refusals by code.

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface PayMetrics {
  readonly onGroup: (size: number) => void;
  /** `outcome`: `paid` or the code of the refusal; `startedAt`: performance.now() of the request. */
  readonly onAnswer: (outcome: string, startedAt: number) => void;
}

export function payMetrics(registry: Registry, depth: () => number): PayMetrics {
  const registers = [registry];
  const latency = new Histogram({
    name: 'wasit_pay_seconds',
    help: 'From request to answer of POST /v1/payments.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.1, 0.25, 1, 5, 10],
    registers,
  });
  const groups = new Histogram({
    name: 'wasit_pay_group_size',
    help: 'Payments committed in one transaction.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const answers = new Counter({
    name: 'wasit_pay_answers_total',
    help: 'Answers by outcome: paid, or the code of the refusal.',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: 'wasit_pay_queue_depth',
    help: 'Payments waiting for a lane.',
    registers,
    collect() {
      this.set(depth());
    },
  });
  return {
    onGroup: (size) => groups.observe(size),
    onAnswer: (outcome, startedAt) => {
      latency.observe((performance.now() - startedAt) / 1000);
      answers.inc({ outcome });
    },
  };
}
