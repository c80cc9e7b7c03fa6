// A random time in the life of an agency that collects by debit: bills come, change, are paid at the counter, run out; mandates
// are suspended, resumed, cancelled; the worker plans, builds, hands over and books; the bank collects, refuses, takes back,
// and says so in any order, twice, before or after the money moves. Everything comes from one seed.
import { Random } from './fuzz/random.ts';
import type { Uuid } from '../../src/kernel/ids.ts';
import { bookDebits, type BookingTools } from '../../src/mandates/index.ts';
import { noteWords, type WordVerdict } from '../../src/mandates/debits/index.ts';
import { undoTools } from '../../src/payments/index.ts';
import { bill } from './client.ts';
import { act } from './mandates.ts';
import { mandateFor, workDebits, type SendingWorld } from './sending.ts';
import { setClock, BILLERS } from './world.ts';

const OM = BILLERS.om.id;
const PAYERS = ['S-1', 'S-2', 'S-3', 'S-4', 'S-5'];
const RETRYABLE = ['AM04', 'MS03', 'AB05'];
const FINAL = ['AC04', 'MD06', 'MD01'];

interface Said {
  readonly debitId: Uuid;
  readonly verdict: WordVerdict;
  readonly code: string | null;
}

/** What the bank has done about a debit, whatever it has said of it. */
interface AtBank {
  readonly minor: bigint;
  hasMoney: boolean;
}

export class Timeline {
  readonly #world: SendingWorld;
  readonly #random: Random;
  readonly #tools: BookingTools;
  #now = Date.parse('2026-11-22T06:00:00Z');
  #bills = 0;
  readonly #mandates = new Map<string, string>();
  /** By debit. */
  readonly atBank = new Map<Uuid, AtBank>();
  readonly #toSay: Said[] = [];
  readonly #said: Said[] = [];
  /** What was done, for whoever looks for a fault. */
  readonly log: string[] = [];

  constructor(world: SendingWorld, seed: number) {
    this.#world = world;
    this.#random = new Random(seed);
    const { directory, database } = world.sending;
    this.#tools = {
      database,
      directory,
      openDays: undoTools(database, directory).openDays,
      log: {
        warn: () => undefined,
        error: (facts: unknown) => {
          const told = facts instanceof Object && 'err' in facts ? String(facts.err) : '';
          // Credit that a payer has spent waits for a person.
          this.log.push(`could not be booked: ${told}`);
        },
      },
      onGivenUp: () => undefined,
    };
  }

  async begin(): Promise<void> {
    for (const payerId of PAYERS) this.#mandates.set(payerId, await this.#open(payerId));
  }

  #open(payerId: string): Promise<string> {
    const announceDays = this.#random.below(4);
    return mandateFor(this.#world, payerId, { announceDays });
  }

  async step(): Promise<void> {
    const { fraction } = this.#step();
    this.log.push(fraction);
    await this.#steps[fraction]?.();
  }

  /** Every word that the bank owes is said and booked. */
  async end(): Promise<void> {
    while (this.#toSay.length > 0) await this.#steps['say']?.();
    // One word of a debit after the other.
    for (let n = 0; n < 4; n++) await this.#book();
  }

  #step(): { fraction: string } {
    const names = Object.entries(WEIGHTS).flatMap(([name, weight]) => Array<string>(weight).fill(name));
    return { fraction: this.#random.pick(names) };
  }

  readonly #steps: Record<string, () => Promise<void>> = {
    present: () => this.#present(),
    replace: async () => this.#put(await this.#someBill()),
    cancel: async () => {
      await this.#world.agency.send('POST', `/v1/bills/${await this.#someBill()}/cancellation`, {
        reason: 'a slip',
      });
    },
    counter: () => this.#payAtCounter(),
    mandate: () => this.#changeMandate(),
    clock: () => this.#move(),
    work: async () => void (await workDebits(this.#world)),
    bank: () => this.#bankActs(),
    say: () => this.#say(),
    repeat: async () => {
      if (this.#said.length > 0) await this.#note([this.#random.pick(this.#said)]);
    },
    book: () => this.#book(),
  };

  async #present(): Promise<void> {
    for (let n = 1 + this.#random.below(5); n > 0; n--) await this.#put(`T-${(this.#bills += 1)}`);
  }

  async #put(billNumber: string | undefined): Promise<void> {
    if (billNumber === undefined) return;
    const due = this.#now + (this.#random.below(8) - 1) * DAY;
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    await this.#world.agency.send('PUT', `/v1/bills/${billNumber}`, {
      payerId: PAYERS[Number(billNumber.slice(2)) % PAYERS.length],
      payerName: 'Al Noor',
      description: 'Contribution',
      amount: { value: `${1 + this.#random.below(40)}.000`, currency: 'OMR' },
      dueOn: day(due),
      ...(this.#random.chance(0.3) && { expiresOn: day(due + (1 + this.#random.below(4)) * DAY) }),
    });
  }

  async #someBill(): Promise<string | undefined> {
    return this.#bills === 0 ? undefined : `T-${1 + this.#random.below(this.#bills)}`;
  }

  /** Most often what a debit collects at the same time. */
  async #payAtCounter(): Promise<void> {
    const collected = await this.#world.db.transaction((tx) =>
      tx.query<{ number: string }>('select bill_number as number from debit_bill where live order by 1'),
    );
    const isRace = collected.length > 0 && this.#random.chance(0.7);
    const number = isRace ? this.#random.pick(collected).number : await this.#someBill();
    if (number === undefined) return;
    const { body } = await this.#world
      .client('agent')
      .inquire({ billerCode: 'om-social', billNumber: number });
    const due = body?.bills[0]?.amountDue?.value;
    if (due !== undefined)
      await this.#world
        .client('agent')
        .pay({ billerCode: 'om-social', bills: [bill(number, due)], method: 'cash' });
  }

  async #changeMandate(): Promise<void> {
    const payerId = this.#random.pick(PAYERS);
    const id = this.#mandates.get(payerId) ?? '';
    const what = this.#random.pick(['suspension', 'resumption', 'resumption', 'cancellation']);
    if (what === 'cancellation' && this.#random.chance(0.7)) return;
    await act(this.#world.agency, id, what, { reason: 'as it pleased' });
    if (what === 'cancellation') this.#mandates.set(payerId, await this.#open(payerId));
  }

  async #move(): Promise<void> {
    this.#now += (4 + this.#random.below(30)) * HOUR;
    await setClock(this.#world.db, new Date(this.#now).toISOString());
  }

  /** Of what it has, something is collected, refused, or taken back. */
  async #bankActs(): Promise<void> {
    const debits = await this.#world.db.transaction((tx) =>
      tx.query<{ debit_id: Uuid; amount_minor: bigint }>(
        `select o.debit_id, o.amount_minor from debit_order o join order_file f using (file_id)
          where f.state not in ('made', 'withdrawn') order by o.debit_id`,
      ),
    );
    for (const { debit_id: debitId, amount_minor: minor } of debits) {
      const known = this.atBank.get(debitId);
      if (known === undefined) {
        if (this.#random.chance(0.3)) continue;
        const hasMoney = this.#random.chance(0.65);
        this.atBank.set(debitId, { minor, hasMoney });
        if (this.#random.chance(0.3)) this.#toSay.push({ debitId, verdict: 'accepted', code: null });
        this.#toSay.push(
          hasMoney
            ? { debitId, verdict: 'settled', code: null }
            : { debitId, verdict: 'rejected', code: this.#code() },
        );
      } else if (known.hasMoney && this.#random.chance(0.08)) {
        known.hasMoney = false;
        this.#toSay.push({ debitId, verdict: 'returned', code: this.#code() });
      }
    }
  }

  #code(): string {
    return this.#random.pick(this.#random.chance(0.6) ? RETRYABLE : FINAL);
  }

  /** Some of what it has to say, in any order, now and then all at once. */
  async #say(): Promise<void> {
    const count = this.#random.chance(0.3) ? this.#toSay.length : 1;
    const words: Said[] = [];
    for (let n = 0; n < count; n++) {
      const [word] = this.#toSay.splice(this.#random.below(this.#toSay.length), 1);
      if (word !== undefined) words.push(word);
    }
    if (words.length === 0) return;
    await this.#note(words);
    this.#said.push(...words);
  }

  async #note(words: readonly Said[]): Promise<void> {
    await this.#world.db.transaction(async (tx) => {
      const [row] = await tx.query<{ now: Date }>('select business_now() as now');
      await noteWords(
        tx,
        words.map((word) => ({ ...word, billerId: OM, text: null, bankReference: null, source: 'timeline' })),
        row?.now ?? new Date(),
      );
    });
  }

  /** Two workers at once, now and then. */
  async #book(): Promise<void> {
    const workers = this.#random.chance(0.3) ? 2 : 1;
    await Promise.all(Array.from({ length: workers }, () => bookDebits(this.#tools)));
  }
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEIGHTS = {
  present: 6,
  replace: 2,
  cancel: 1,
  counter: 5,
  mandate: 1,
  clock: 6,
  work: 8,
  bank: 6,
  say: 5,
  repeat: 2,
  book: 5,
} as const;
