// What the fuzzer knows of the world it attacks: names that exist, filled from the answers it gets, so that
// requests reach beyond the first check. Bounded; the newest push the oldest out.

export interface Pools {
  /** Codes of billers with their currencies. */
  readonly billers: readonly { code: string; currency: string }[];
  readonly billNumbers: string[];
  readonly amounts: string[];
  readonly references: string[];
  readonly quoteIds: string[];
  readonly paymentIds: string[];
  readonly receipts: string[];
  readonly fileIds: string[];
}

const MOST = 200;
const FILLED: Readonly<Record<string, keyof Omit<Pools, 'billers'>>> = {
  billNumber: 'billNumbers',
  payCode: 'billNumbers',
  reference: 'references',
  quoteId: 'quoteIds',
  paymentId: 'paymentIds',
  receiptNumber: 'receipts',
  fileId: 'fileIds',
  value: 'amounts',
};

export function emptyPools(billers: Pools['billers']): Pools {
  return {
    billers,
    billNumbers: [],
    amounts: [],
    references: [],
    quoteIds: [],
    paymentIds: [],
    receipts: [],
    fileIds: [],
  };
}

/** Keeps the names that an answer holds. */
export function learn(pools: Pools, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  for (const [name, value] of Object.entries(answer)) {
    const pool = FILLED[name];
    if (pool === undefined || typeof value !== 'string') learn(pools, value);
    else if (!pools[pool].includes(value)) {
      pools[pool].push(value);
      if (pools[pool].length > MOST) pools[pool].shift();
    }
  }
}
