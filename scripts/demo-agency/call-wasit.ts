// What the demo agency asks of Wasit: the bills that somebody presented there in its name, and, when it has been away,
// to go on with the deliveries now.

import type { AgencyBill } from './bills.ts';
import type { Gateway } from './settings.ts';

const TIMEOUT_MS = 1000;

/**
 * In demo.json is the agency's key, so anybody may have presented a bill in its name: that bill is its own too. What
 * was withdrawn there stays withdrawn, whatever is said here of the same version.
 */
export async function presentedBill(
  gateway: Gateway,
  biller: string,
  billNumber: string,
): Promise<AgencyBill | undefined> {
  const answer = await call(gateway, biller, 'GET', `/v1/bills/${encodeURIComponent(billNumber)}`);
  if (answer === undefined) return undefined;
  const given = Object.entries(answer).filter(([name, value]) => CONTENT.has(name) && value !== null);
  return { ...Object.fromEntries(given), billNumber, payerId: String(answer['payerId']) };
}

/** What of a bill's answer is its content. */
const CONTENT = new Set([
  'payerName',
  'description',
  'amount',
  'dueOn',
  'expiresOn',
  'version',
  'penalty',
  'lines',
  'budgetLine',
  'unit',
  'service',
  'payer',
]);

/** Deliveries that failed while it was away wait for their next turn; setting the webhook again makes it now. */
export async function sayIsBack(gateway: Gateway, addressOf: (biller: string) => string): Promise<void> {
  for (const biller of gateway.keys.keys()) {
    const webhook = await call(gateway, biller, 'GET', '/v1/webhook');
    const { url, events, batch, delivery } = (webhook ?? {}) as {
      url?: string;
      events?: string[] | null;
      batch?: boolean;
      delivery?: { failingSince: string | null };
    };
    if (url !== addressOf(biller) || delivery?.failingSince === null) continue;
    await call(gateway, biller, 'PUT', '/v1/webhook', { url, batch, ...(events && { events }) });
  }
}

/** undefined: there is no such thing, or Wasit does not answer. */
async function call(
  { baseUrl, keys }: Gateway,
  biller: string,
  method: 'GET' | 'PUT',
  path: string,
  body?: object,
): Promise<Record<string, unknown> | undefined> {
  const response = await fetch(baseUrl + path, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      authorization: `Bearer ${keys.get(biller) ?? ''}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  return response?.ok === true ? ((await response.json()) as Record<string, unknown>) : undefined;
}
