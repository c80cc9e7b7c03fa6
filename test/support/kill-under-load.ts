// One round of killing: load, kill at a random moment of it, start again, and hold everybody to his word.
import { until } from './until.ts';
import type { Verdict, Witness } from './witness.ts';

export interface Victim {
  kill(): Promise<void>;
  start(): Promise<void>;
}

export async function killUnderLoad(witness: Witness, victim: Victim, clients = 32): Promise<Verdict> {
  let ended = false;
  const load = witness.load(clients, () => ended);
  const least = 50 + Math.floor(Math.random() * 300);
  await Promise.race([load, until('payments are under way', () => witness.answered >= least)]);
  const before = witness.unanswered;
  await victim.kill();
  await Promise.race([load, until('somebody is left without an answer', () => witness.unanswered > before)]);
  ended = true;
  await load;
  await victim.start();
  return witness.verify();
}
