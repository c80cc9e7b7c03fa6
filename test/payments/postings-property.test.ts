// Whatever a payment comes to, its journal sums to zero and agrees with what the payer handed over.
import fc from 'fast-check';
import t from 'tap';
import { accountOf } from '../../src/ledger/index.ts';
import { owedMinor, type Payment, type PaymentLine } from '../../src/payments/payment.ts';
import { postingsOf } from '../../src/payments/postings.ts';

t.test('whatever was decided, the postings sum to zero and say what was handed over', async (t) => {
  const minor = fc.bigInt({ min: 0n, max: 10n ** 15n });
  const line = fc.record({
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    payerId: fc.option(fc.constantFrom('E-1', 'E-2')),
  });
  const decided = fc.record({
    status: fc.constantFrom('accepted' as const, 'credited' as const),
    route: fc.constantFrom('via-operator' as const, 'direct' as const),
    funding: fc.constantFrom('postpaid' as const, 'prefunded' as const),
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    feeMinor: minor,
    billerFeeMinor: minor,
    commissionMinor: minor,
    taxPart: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(
      decided,
      ({ status, route, funding, lines, feeMinor, billerFeeMinor, commissionMinor, taxPart }) => {
        const amountMinor = lines.reduce((sum, each) => sum + each.amountMinor, 0n);
        const taxMinor = ((feeMinor + billerFeeMinor) * BigInt(taxPart)) / 100n;
        const payment = paymentOf(
          { status, route, amountMinor, feeMinor, billerFeeMinor, taxMinor, commissionMinor },
          lines,
        );
        const postings = postingsOf(payment, { channelId: 7, funding });
        const sumOf = (...codes: string[]): bigint =>
          postings
            .filter(({ account }) => codes.length === 0 || codes.includes(account.code))
            .reduce((sum, each) => sum + each.amountMinor, 0n);
        const owed = accountOf(
          funding === 'prefunded' ? 'channel/float' : 'channel/receivable',
          7,
          'OMR',
        ).code;
        return (
          sumOf() === 0n &&
          sumOf(owed) === owedMinor(payment) &&
          sumOf(owed, 'channel/direct') === amountMinor + feeMinor &&
          sumOf('biller/payable', 'biller/direct', 'payer/credit', 'suspense') === -amountMinor &&
          sumOf('fees/income', 'fees/tax') === -(feeMinor + billerFeeMinor) &&
          sumOf('commission/expense') === commissionMinor &&
          postings.every((each) => each.amountMinor !== 0n)
        );
      },
    ),
    { numRuns: 500 },
  );
  t.end();
});

function paymentOf(
  sums: Pick<
    Payment,
    'status' | 'route' | 'amountMinor' | 'feeMinor' | 'billerFeeMinor' | 'taxMinor' | 'commissionMinor'
  >,
  lines: readonly { amountMinor: bigint; payerId: string | null }[],
): Payment {
  const line = { billNumber: 'B', billRevision: 1, dueMinor: null, penaltyMinor: 0n, refusal: null };
  return {
    ...sums,
    paymentId: '00000000-0000-0001-0000-000000000000',
    billerId: 1,
    channelId: 7,
    reference: 'R',
    receiptNo: 1n,
    method: 'cash',
    currency: 'OMR',
    businessDate: '2026-11-22',
    occurredInstant: '2026-11-22T08:00:00.000Z',
    acceptedAt: '2026-11-22T08:00:00.000Z',
    reversibleUntil: '2026-11-22T12:00:00.000Z',
    details: null,
    lines: lines.map((each): PaymentLine => ({ ...line, ...each })),
  };
}
