// The told day until its evening: an agency, two banks, a kiosk and an agent call the running embedded installation over
// HTTP. Its bills are its own, so it can be played again.

import { addDays } from '../kernel/business-date.ts';
import type { Scribe, Told } from './scribe.ts';
import { tellAgency, type AgencyStory } from './tell-agency.ts';

/** Who presents the bills of the day, and is paid for it. */
export const AGENCY = 'om-social';

/** Under which number the agency presents its bills of a run. */
export function billOf(run: string, number: number): string {
  return `WALK-${run}-${number}`;
}

export class Day {
  readonly #scribe: Scribe;
  readonly #agency: AgencyStory;
  readonly #run: string;
  readonly #now: string;
  #first: Told | undefined;

  constructor(agency: AgencyStory, run: string, now: string) {
    this.#agency = agency;
    this.#scribe = agency.scribe;
    this.#run = run;
    this.#now = now;
  }

  open(): void {
    this.#scribe.write(
      '# A day at the gateway',
      `This page is written by \`npm run wasit -- demo day\`, which plays it against a running installation (\`npm start\`)
over HTTP, and a test compares the two: what stands here is what happens. Ids, receipt numbers, times and dates differ
each time and are shown as \`<paymentId 1>\`, \`<time>\` and so on.`,
      `\`om-social\` is an agency that is owed contributions, in Omani rials of three decimals. \`bank-one\` and
\`kiosk-mall\` collect for it and pay the operator afterwards; \`agent-net\` spends a float that it has paid in before.`,
    );
  }

  async presentBills(): Promise<void> {
    this.#scribe.write(
      '## The agency says what is owed',
      'It puts a bill under its own number. The same request again changes nothing; a higher `version` replaces it.',
    );
    await this.#present(1, '1250.500', 'Contribution of November');
    this.#scribe.write('A second one, for a site that pays in cash, and a third.');
    await this.#present(2, '80.000', 'Contribution of November, second site');
    await this.#present(3, '45.500', 'Contribution of November, third site');
  }

  async payAtTheBank(): Promise<void> {
    this.#scribe.write(
      '## A payer asks his bank what he owes, and pays',
      `The answer holds what is due today, penalty included, and the fee of this bank for this way of paying. The
\`quoteId\` makes it hold for a quarter of an hour, whatever changes meanwhile.`,
    );
    const how = { method: 'account', outlet: { kind: 'app' } };
    const inquiry = { billerCode: AGENCY, billNumber: this.#bill(1), ...how };
    const asked = await this.#post('bank-one', '/v1/inquiries', inquiry, 200);
    const [bill] = asked.body['bills'] as { quoteId: string }[];
    this.#scribe.write(
      `The bank takes the money and says so, under a reference of its own. The answer comes when the payment is on disk,
with its journal and the event for the agency. The receipt number is for the payer: anybody can check it.`,
    );
    this.#first = await this.#pay('bank-one', this.#reference('BANK', 1), this.#bill(1), '1250.500', 201, {
      quoteId: bill?.quoteId,
      method: 'account',
    });
    await this.#scribe.call({ method: 'GET', path: `/r/${this.receiptNumber}`, expect: 200 });
  }

  /** Of the payment at the bank. */
  get receiptNumber(): string {
    return String(this.#first?.body['receiptNumber']);
  }

  get businessDate(): string {
    return String(this.#first?.body['businessDate']);
  }

  async agencyKnows(): Promise<void> {
    this.#scribe.write(
      '## The agency knows',
      `The event leaves when the payment is on disk: signed, to the agency's own system, which books it in its own
database, once, by the \`eventId\`, however often it is sent. Here that system is the demo agency that \`npm start\`
starts. Less than a second after the bank had its answer it is asked what it has booked:`,
    );
    await tellAgency(this.#agency, String(this.#first?.body['paymentId']), 'booked');
  }

  async askAgain(): Promise<void> {
    const reference = this.#reference('BANK', 1);
    this.#scribe.write(
      '## The line breaks, and the bank asks again',
      `A bank that did not see the answer sends the same request again. It gets the same answer, byte for byte, and the
payer has paid once.`,
    );
    const again = await this.#pay('bank-one', reference, this.#bill(1), '1250.500', 201, {
      method: 'account',
    });
    if (again.text !== this.#first?.text)
      throw new Error('the story stops: the replay differs from the first answer');
    this.#scribe.write(
      'Another request under that reference is no repetition, and the answer names what differs.',
    );
    await this.#pay('bank-one', reference, this.#bill(1), '1260.000', 409, { method: 'account' });
  }

  async refuse(): Promise<void> {
    this.#scribe.write(
      '## What is refused',
      'The bill is paid: nobody can pay it a second time, at whatever outlet he tries.',
    );
    const kiosk = { method: 'cash', outlet: { kind: 'kiosk', id: 'MALL-3' } };
    await this.#pay('kiosk-mall', this.#reference('KIOSK', 1), this.#bill(1), '1250.500', 409, kiosk);
    this.#scribe.write(
      'This agency takes no part of a bill. The answer says what is due; nothing was booked.',
    );
    await this.#pay('kiosk-mall', this.#reference('KIOSK', 2), this.#bill(2), '60.000', 422, kiosk);
  }

  async payAtTheAgent(): Promise<void> {
    this.#scribe.write(
      '## Cash at an agent, and a change of mind',
      `The agent's float covers amount and fee, or the payment is refused; two payments at once never spend the same
float. The fee has tax in it.`,
    );
    const outlet = { method: 'cash', outlet: { kind: 'agent', id: 'SOUQ-17', operatorId: 'A-4' } };
    const paid = await this.#pay(
      'agent-net',
      this.#reference('AGENT', 1),
      this.#bill(2),
      '80.000',
      201,
      outlet,
    );
    this.#scribe.write(
      `The wrong bill! While the window is open the channel that paid can reverse it, in full and once: the mirror
journal is posted, the float comes back, the bill is open again, and the agency is told.`,
    );
    const undo = { reference: this.#reference('AGENT', 2), reason: 'the payer meant another bill' };
    const path = `/v1/payments/${String(paid.body['paymentId'])}/reversal`;
    await this.#post('agent-net', path, undo, 201);
    await this.#inquire('agent-net', this.#bill(2));
    this.#scribe.write(
      'The agency was told of both, in this order. What it had booked it has undone: `revision` 2 of the payment.',
    );
    await tellAgency(this.#agency, String(paid.body['paymentId']), 'undone');
    this.#scribe.write('The first reference still names the payment, and what became of it.');
    await this.#status('agent-net', this.#reference('AGENT', 1), 200);
  }

  async cancelTheUnanswered(): Promise<void> {
    const reference = this.#reference('KIOSK', 3);
    this.#scribe.write(
      '## A kiosk that never got an answer',
      `The kiosk took cash, sent the payment and heard nothing. Nothing is recorded under its reference *yet*: the
payment may still be under way, so a 404 is no reason to give the money back.`,
    );
    await this.#status('kiosk-mall', reference, 404);
    this.#scribe.write(
      `It gives up and cancels the reference. Had the payment been accepted, it would be reversed now; as it never
came, the reference is burnt.`,
    );
    const body = { reference, reason: 'no answer, cash returned' };
    await this.#post('kiosk-mall', '/v1/payments/cancellation', body, 200);
    this.#scribe.write(
      'Then the lost request arrives after all. It is too late, as it must be: the payer has his cash.',
    );
    await this.#pay('kiosk-mall', reference, this.#bill(2), '80.000', 409, {
      method: 'cash',
      outlet: { kind: 'kiosk', id: 'MALL-3' },
    });
    await this.#status('kiosk-mall', reference, 200);
  }

  #present(number: number, value: string, description: string): Promise<Told> {
    const body = {
      payerId: 'E-20417',
      payerName: 'Al Noor Trading',
      description,
      amount: { value, currency: 'OMR' },
      dueOn: addDays(this.#now.slice(0, 10), 60),
      version: 1,
    };
    return this.#scribe.call({
      as: AGENCY,
      method: 'PUT',
      path: `/v1/bills/${this.#bill(number)}`,
      body,
      expect: 201,
    });
  }

  #pay(
    as: string,
    reference: string,
    billNumber: string,
    value: string,
    expect: number,
    more: { quoteId?: string; method: string; outlet?: object },
  ) {
    const { quoteId, ...rest } = more;
    const bills = [
      { billNumber, amount: { value, currency: 'OMR' }, ...(quoteId !== undefined && { quoteId }) },
    ];
    const body = { reference, billerCode: AGENCY, bills, occurredAt: this.#now, ...rest };
    return this.#post(as, '/v1/payments', body, expect);
  }

  #inquire(as: string, billNumber: string): Promise<Told> {
    return this.#post(as, '/v1/inquiries', { billerCode: AGENCY, billNumber }, 200);
  }

  #post(as: string, path: string, body: object, expect: number): Promise<Told> {
    return this.#scribe.call({ as, method: 'POST', path, body, expect });
  }

  #status(as: string, reference: string, expect: number): Promise<Told> {
    return this.#scribe.call({ as, method: 'GET', path: `/v1/payments/by-reference/${reference}`, expect });
  }

  #bill(number: number): string {
    return billOf(this.#run, number);
  }

  #reference(channel: string, number: number): string {
    return `${channel}-${this.#run}-000${number}`;
  }
}
