// What operations watch of the links to agencies: how each answers, whether its circuit is open, and the alarm, answers
// that no agency should give.

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { CircuitState } from './breaker.ts';
import type { AnswerFault } from './read-answer.ts';

export type CallOutcome = 'answered' | 'down' | 'wrong' | 'not-asked';

export interface LinkMetrics {
  /** `not-asked`: the circuit was open, or too many were asking already. */
  onCall(biller: string, outcome: CallOutcome, tookMs: number): void;
  onFault(biller: string, fault: AnswerFault): void;
  onStale(biller: string): void;
}

const STATES: Record<CircuitState, number> = { closed: 0, 'half-open': 1, open: 2 };

type Circuits = () => Iterable<[string, CircuitState]>;

interface Shared {
  readonly metrics: LinkMetrics;
  readonly circuits: Circuits[];
}

const shared = new WeakMap<Registry, Shared>();

/**
 * `circuits`: the state of each link that was asked, by the biller's code. Gateway and worker may be one process, and each
 * asks by a link of its own: they are counted together, and of their circuits the worse one is told.
 */
export function linkMetrics(registry: Registry, circuits: Circuits): LinkMetrics {
  const known = shared.get(registry);
  if (known !== undefined) {
    known.circuits.push(circuits);
    return known.metrics;
  }
  const all = [circuits];
  const metrics = register([registry], all);
  shared.set(registry, { metrics, circuits: all });
  return metrics;
}

function register(registers: Registry[], all: readonly Circuits[]): LinkMetrics {
  const seconds = new Histogram({
    name: 'wasit_link_seconds',
    help: "What a linked agency's system took to answer.",
    labelNames: ['biller', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers,
  });
  const notAsked = new Counter({
    name: 'wasit_link_not_asked_total',
    help: 'Questions that were not put because the circuit was open or too many were under way.',
    labelNames: ['biller'],
    registers,
  });
  const faults = new Counter({
    name: 'wasit_link_wrong_answers_total',
    help: 'ALARM: answers of an agency that were thrown away: garbage, another currency, another bill.',
    labelNames: ['biller', 'fault'],
    registers,
  });
  const stale = new Counter({
    name: 'wasit_link_stale_total',
    help: "Inquiries and payments that went by the agency's last word because it did not answer.",
    labelNames: ['biller'],
    registers,
  });
  new Gauge({
    name: 'wasit_link_circuit',
    help: '0: closed, the agency is asked; 1: half open; 2: open, it is left alone.',
    labelNames: ['biller'],
    registers,
    collect() {
      const worst = new Map<string, number>();
      for (const [biller, state] of all.flatMap((circuits) => [...circuits()]))
        worst.set(biller, Math.max(worst.get(biller) ?? 0, STATES[state]));
      for (const [biller, state] of worst) this.set({ biller }, state);
    },
  });
  return {
    onCall(biller, outcome, tookMs) {
      if (outcome === 'not-asked') notAsked.inc({ biller });
      else seconds.observe({ biller, outcome }, tookMs / 1000);
    },
    onFault: (biller, fault) => faults.inc({ biller, fault }),
    onStale: (biller) => stale.inc({ biller }),
  };
}
