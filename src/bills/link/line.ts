// The line to one agency's system: its secret opened, its circuit, how many questions are under way. One per linked
// biller and process; made anew when the operator changes address or secret.

import { linkSecretId, type Biller, type BillerLink } from '../../billers/index.ts';
import { openSecret } from '../../kernel/seal.ts';
import { Breaker, BREAKER, type Pass } from './breaker.ts';
import { callAgency, type AskTools, type Called } from './call-agency.ts';
import type { Question } from './read-answer.ts';

/** Questions to one agency at a time: beyond them it is down for those who come. */
const MOST_UNDER_WAY = 256;

/** An answer that takes more of the deadline than this is as good as none for the circuit. */
const SLOW = 0.8;

export type Asked = Called | { readonly kind: 'not-asked'; readonly waitMs: number };

export class Line {
  readonly breaker: Breaker;
  readonly #link: BillerLink;
  readonly #secret: Buffer;
  #underWay = 0;

  constructor(biller: Biller, link: BillerLink, masterKey: Buffer, now: () => number) {
    this.#link = link;
    this.#secret = openSecret(masterKey, linkSecretId(biller.code), link.sealedSecret);
    this.breaker = new Breaker({ ...BREAKER, now });
  }

  /** It leads to the same system, with the same secret; deadlines and policies may differ. */
  isFor(link: BillerLink): boolean {
    return this.#link.url === link.url && this.#link.sealedSecret.equals(link.sealedSecret);
  }

  async ask(tools: AskTools, biller: Biller, link: BillerLink, question: Question): Promise<Asked> {
    if (this.#underWay >= MOST_UNDER_WAY) return { kind: 'not-asked', waitMs: BREAKER.firstPauseMs };
    const pass = this.breaker.enter();
    if (typeof pass === 'number') return { kind: 'not-asked', waitMs: pass };
    this.#underWay += 1;
    try {
      const called = await callAgency(tools, biller, link, this.#secret, question);
      judge(pass, called, link.deadlineMs);
      return called;
    } catch (error) {
      pass.failed();
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }
}

/** What is wrong in an answer is no reason to stop asking: each is thrown away by itself. */
function judge(pass: Pass, called: Called, deadlineMs: number): void {
  if (called.kind === 'down' || called.tookMs > SLOW * deadlineMs) pass.failed();
  else pass.succeeded();
}
