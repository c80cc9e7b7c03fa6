// An agency's endpoint as a good engineer would write it: checks each signature with the standard's own library, books
// each event once, and remembers in which order things came. It can be told to answer otherwise.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Test } from 'tap';
import { until } from './until.ts';

export interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: EventData;
}

export interface EventData {
  readonly eventId: string;
  readonly revision: number;
  readonly paymentId: string;
  readonly bills: readonly { readonly billNumber: string }[];
}

/** The status to answer; undefined: not yet, the request hangs until the endpoint is told again. */
export type Mood = (data: EventData, type: string) => number | undefined;

export class Agency {
  readonly requests: { id: string; type: string; events: number; headers: IncomingMessage['headers'] }[] = [];
  /** Acknowledged events, as often as they came, in order. */
  readonly told: Told[] = [];
  /** What was not signed as it must be. */
  readonly strange: string[] = [];
  readonly #waiting: (() => void)[] = [];
  #mood: Mood = () => 204;
  #server = createServer((request, response) => void this.#take(request, response));
  #secrets: string[] = [];

  static async start(t: Pick<Test, 'teardown'>): Promise<Agency> {
    const agency = new Agency();
    await agency.open(0);
    t.teardown(() => agency.close());
    return agency;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/wasit`;
  }
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  open(port: number): Promise<void> {
    return new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Any of these may have signed. */
  knows(...secrets: string[]): void {
    this.#secrets = secrets;
  }

  answers(mood: Mood): void {
    this.#mood = mood;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Each event once, by its id. */
  booked(): Map<string, Told> {
    return new Map(this.told.map((one) => [one.data.eventId, one]));
  }

  /** Waits until so many different events are booked. */
  async books(count: number): Promise<Map<string, Told>> {
    return until(`${count} events booked`, async () => this.booked().size >= count && this.booked());
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const headers = request.headers as Record<string, string>;
    if (!this.#isGenuine(body, headers)) this.strange.push(body);
    const { type, data } = JSON.parse(body) as { type: string; data: EventData | EventData[] };
    const events = Array.isArray(data) ? data : [data];
    this.requests.push({ id: headers['webhook-id'] ?? '', type, events: events.length, headers });
    const statusOf = (): number | undefined => {
      const each = events.map((event) => this.#mood(event, type));
      return each.includes(undefined) ? undefined : (each.find((one) => (one ?? 500) >= 300) ?? each[0]);
    };
    let status = statusOf();
    while (status === undefined) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      status = statusOf();
    }
    if (status < 300 && type !== 'webhook.test')
      for (const event of events) this.told.push({ id: headers['webhook-id'] ?? '', type, data: event });
    response.writeHead(status).end();
  }

  #isGenuine(body: string, headers: Record<string, string>): boolean {
    return this.#secrets.some((secret) => {
      try {
        new Webhook(secret).verify(body, headers);
        return true;
      } catch {
        return false;
      }
    });
  }
}
