// What the demo bank says of debits of its API unasked: it calls Wasit with the key of its channel.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { laterWord } from './answer-calls.ts';
import type { BankBooks } from './bank-books.ts';

export interface GatewayOfBank {
  readonly baseUrl: string;
  readonly key: string;
}

const TIMEOUT_MS = 5000;

/** What is not taken is said again at the next round, but for what Wasit refuses. */
export async function sayLater(
  books: BankBooks,
  { baseUrl, key }: GatewayOfBank,
  today: BusinessDate,
  say: (line: string) => void,
): Promise<void> {
  for (const debit of books.debits) {
    const word = laterWord(debit, today);
    if (word === undefined) continue;
    const response = await fetch(`${baseUrl}/v1/debits/${debit.debitId}/outcome`, {
      method: 'POST',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(word),
    }).catch(() => undefined);
    if (response === undefined || response.status >= 500) continue;
    if (!response.ok) say(`${debit.debitId} ${word.outcome}: Wasit answers ${response.status}`);
    debit.saidLater = debit.state;
    await books.keep();
  }
}
