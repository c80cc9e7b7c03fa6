// Many paying clients that remember every word they were told. After whatever happened to the gateway, everything
// that was answered must still be true, and everything that was not must be found out by its own reference.
import { setTimeout as pause } from 'node:timers/promises';
import { isUnavailable, type Database } from '../../src/platform/db/index.ts';
import { bill, requestOf, type Answer, type Client, type PaymentAnswer } from './client.ts';
import { addManyBills } from './world.ts';

interface Attempt {
  readonly request: ReturnType<typeof requestOf>;
  /** The body of the 201, when there was one. */
  answer: string | undefined;
}

export interface Verdict {
  readonly answered: number;
  /** Sent, and never answered, or answered that nothing is known or was done. */
  readonly resolved: number;
}

export class Witness {
  readonly #db: Database;
  readonly #client: Client;
  readonly #name: string;
  readonly #attempts: Attempt[] = [];
  readonly #bills: string[] = [];
  #making: Promise<void> | undefined;
  #series = 0;
  /** How often so far a client was left without an answer that says what became of its payment. */
  unanswered = 0;

  /** `name` begins the numbers of the bills that it pays. */
  constructor(db: Database, client: Client, name: string) {
    this.#db = db;
    this.#client = client;
    this.#name = name;
  }

  get answered(): number {
    return this.#attempts.filter(({ answer }) => answer !== undefined).length;
  }

  /** Pays with so many clients at once until `ended`. A client that gets no answer goes on with another payment. */
  async load(clients: number, ended: () => boolean): Promise<void> {
    const pay = async (): Promise<void> => {
      while (!ended()) await this.#attempt();
    };
    await Promise.all(Array.from({ length: clients }, pay));
  }

  async #attempt(): Promise<void> {
    const number = this.#bills.pop() ?? (await this.#moreBills());
    if (number === undefined) return;
    const attempt: Attempt = { request: requestOf({ bills: [bill(number, '10.000')] }), answer: undefined };
    this.#attempts.push(attempt);
    const answer = await this.#client.pay(attempt.request).catch(noAnswer);
    if (answer?.status === 201) attempt.answer = answer.text;
    else if (answer === undefined || answer.status === 503) await this.#goWithout();
    else throw new Error(`an answer that no fault explains: ${answer.text}`);
  }

  async #goWithout(): Promise<void> {
    this.unanswered += 1;
    await pause(50);
  }

  /** One of 2000 more. undefined while the database is away. */
  async #moreBills(): Promise<string | undefined> {
    this.#making ??= this.#makeBills().finally(() => (this.#making = undefined));
    await this.#making;
    return this.#bills.pop();
  }

  async #makeBills(): Promise<void> {
    this.#series += 1;
    try {
      this.#bills.push(
        ...(await addManyBills(this.#db, 'om', `${this.#name}${this.#series}-`, 2000, '10.000')),
      );
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await pause(50);
    }
  }

  /** Throws when an answer turns out to be untrue, or a reference does not resolve. Starts afresh afterwards. */
  async verify(): Promise<Verdict> {
    const attempts = this.#attempts.splice(0);
    const unanswered = attempts.filter(({ answer }) => answer === undefined);
    await eachOf(attempts, async (attempt) => {
      const { request, answer } = attempt;
      const again = await this.#client.pay(request);
      if (again.status !== 201) throw new Error(`${request.reference} does not resolve: ${again.text}`);
      if (answer !== undefined && again.text !== answer)
        throw new Error(`${request.reference} was answered ${answer} and now ${again.text}`);
      if (answer !== undefined && again.headers.get('idempotent-replayed') !== 'true')
        throw new Error(`${request.reference} was answered and forgotten`);
      attempt.answer = again.text;
      const status = await this.#client.status(request.reference);
      const wanted = JSON.stringify({ status: 'accepted', payment: JSON.parse(again.text) as PaymentAnswer });
      if (status.text !== wanted) throw new Error(`${request.reference} has the status ${status.text}`);
    });
    await this.#countPayments(attempts);
    return { answered: attempts.length - unanswered.length, resolved: unanswered.length };
  }

  /** Each reference has exactly one payment, and it is of the bill that was asked for. */
  async #countPayments(attempts: readonly Attempt[]): Promise<void> {
    const asked = attempts.map(({ request }) => ({
      reference: request.reference,
      bill_number: request.bills[0]?.billNumber,
    }));
    const [row] = await this.#db.transaction((tx) =>
      tx.query<{ right: number; all: number }>(
        `select count(*) filter (where l.bill_number = a.bill_number)::int as right, count(*)::int as all
           from jsonb_to_recordset($1::jsonb) as a(reference text, bill_number text)
           join payment p on p.reference = a.reference join payment_bill l using (biller_id, payment_id)`,
        [JSON.stringify(asked)],
      ),
    );
    if (row?.right !== attempts.length || row.all !== attempts.length) {
      throw new Error(
        `${attempts.length} references have ${row?.all} payments, ${row?.right} of them of the right bill`,
      );
    }
  }
}

/** The connection was refused or broke off; everything else is a fault of the client's. */
function noAnswer(error: unknown): Answer<PaymentAnswer> | undefined {
  if (error instanceof TypeError && error.cause !== undefined) return undefined;
  throw error;
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
