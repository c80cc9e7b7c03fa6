// How long a gateway needs to be well again once what it stands on is back.
import { requestOf, bill, type Client } from './client.ts';
import { until } from './until.ts';

/** Seconds until a payment is decided again; one of a bill that nobody knows, so that nothing is written. */
export async function recovered(client: Client): Promise<number> {
  const since = performance.now();
  const reference = `well-${Date.now()}`;
  await until('a payment is decided', async () => {
    const answer = await client
      .pay(requestOf({ reference, bills: [bill('NOBODY-KNOWS', '1.000')] }))
      .catch(() => undefined);
    return answer?.code === 'bill-not-found';
  });
  return (performance.now() - since) / 1000;
}
