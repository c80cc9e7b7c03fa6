// What may be booked: journals that add up to zero in one currency, each account's sum once and in the order of locks.

import fc from 'fast-check';
import t from 'tap';
import {
  ACCOUNT_KINDS,
  accountOf,
  Entries,
  type AccountKind,
  type JournalHead,
} from '../../src/ledger/index.ts';

const KINDS = Object.keys(ACCOUNT_KINDS) as AccountKind[];

const head = (billerId: number, journalId: string): JournalHead => ({
  billerId,
  journalId,
  kind: 'payment',
  paymentId: null,
  businessDate: '2026-11-22',
  recordedAt: '2026-11-22T08:00:00Z',
});

t.test('the number of an account is currency, kind and channel, the same anywhere', async (t) => {
  t.match(accountOf('channel/receivable', 7, 'OMR'), {
    accountNo: 512_01_00007,
    code: 'channel/receivable',
    channelId: 7,
    currency: 'OMR',
  });
  t.equal(accountOf('biller/payable', 0, 'JPY').accountNo, 392_10_00000);
  t.equal(accountOf('suspense', 0, 'DZD'), accountOf('suspense', 0, 'DZD'), 'one object');
  t.throws(() => accountOf('suspense', 0, 'ABC'), /unknown currency ABC/);
  const numbers = Object.values(ACCOUNT_KINDS);
  t.equal(new Set(numbers).size, numbers.length, 'no two kinds share a number');
  t.ok(numbers.every((number) => number > 0 && number < 100));
});

t.test('a journal that is off, or mixes currencies, never reaches the books', async (t) => {
  const debit = accountOf('channel/receivable', 1, 'OMR');
  const credit = accountOf('biller/payable', 0, 'OMR');
  const other = accountOf('biller/payable', 0, 'QAR');
  t.throws(
    () =>
      new Entries().add(head(1, 'a'), [
        { account: debit, amountMinor: 10n },
        { account: credit, amountMinor: -9n },
      ]),
    /journal a is off by 1/,
  );
  t.throws(
    () =>
      new Entries().add(head(1, 'b'), [
        { account: debit, amountMinor: 10n },
        { account: other, amountMinor: -10n },
      ]),
    /journal b mixes currencies/,
  );
});

t.test('given any journals, expect each account summed once, in the order of locks', async () => {
  const leg = fc.record({
    kind: fc.constantFrom(...KINDS),
    channelId: fc.integer({ min: 0, max: 3 }),
    amountMinor: fc.bigInt({ min: -1_000n, max: 1_000n }),
  });
  const journal = fc.record({
    billerId: fc.integer({ min: 1, max: 3 }),
    legs: fc.array(leg, { maxLength: 5 }),
  });
  fc.assert(
    fc.property(fc.array(journal, { maxLength: 8 }), (journals) => {
      const entries = new Entries();
      for (const [i, { billerId, legs }] of journals.entries()) {
        const postings = legs.map(({ kind, channelId, amountMinor }) => ({
          account: accountOf(kind, channelId, 'OMR'),
          amountMinor,
        }));
        const total = postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
        entries.add(head(billerId, `j${i}`), [
          ...postings,
          { account: accountOf('suspense', 0, 'OMR'), amountMinor: -total },
        ]);
      }
      const sums = entries.sums();
      const keys = sums.map(({ billerId, account }) => billerId * 1e10 + account.accountNo);
      return (
        entries.postings.every(({ amountMinor }) => amountMinor !== 0n) &&
        keys.every((key, i) => i === 0 || key > (keys[i - 1] ?? 0)) &&
        sums.every(
          ({ billerId, account, amountMinor }) =>
            amountMinor ===
            entries.postings
              .filter((posting) => posting.billerId === billerId && posting.account === account)
              .reduce((sum, posting) => sum + posting.amountMinor, 0n),
        )
      );
    }),
  );
});
