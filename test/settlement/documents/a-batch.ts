// A settlement as values, made by hand: several units, services, lines and names in three languages, everything that
// a report can show.
import type { Batch, Dimension, Split, Sums } from '../../../src/settlement/index.ts';
import type { SettlementReport } from '../../../src/settlement/documents/report.ts';
import { AMOUNTS, COUNTS, ZERO } from '../../../src/settlement/sums.ts';

/** Parts of a day that differ in every column, so that none can be taken for another. */
function part(n: number): Sums {
  const b = BigInt(n);
  return {
    payments: 40 * n,
    bills: 55 * n,
    grossMinor: 123_456_789n * b,
    reversals: 2 * n,
    reversedMinor: 1_500_250n * b,
    adjustments: n,
    adjustedMinor: -75_125n * b,
    directPayments: 5 * n,
    directGrossMinor: 9_100_500n * b,
    directReversedMinor: 100_100n * b,
    directAdjustedMinor: -1_000n * b,
    credited: n,
    creditedMinor: 33_000n * b,
    payerFeeMinor: 4_000n * b,
    billerFeeMinor: 2_000n * b,
    taxMinor: 300n * b,
    commissionMinor: 700n * b,
  };
}

function sumOf(parts: readonly Sums[]): Sums {
  const sum = { ...ZERO };
  for (const one of parts) {
    for (const column of COUNTS) sum[column] += one[column];
    for (const column of AMOUNTS) sum[column] += one[column];
  }
  return sum;
}

const netOf = (sums: Sums): bigint => sums.grossMinor - sums.reversedMinor + sums.adjustedMinor;

function splitOf(dimension: Dimension, keys: readonly string[]): Split[] {
  return keys.map((key, i) => {
    const sums = part(i + 1);
    return { dimension, key, ...sums, netMinor: netOf(sums) };
  });
}

const names = (en: string, ar: string, fr: string) => ({ en, ar, fr });

export function aReport(units = 6): SettlementReport {
  const unitKeys = Array.from({ length: units }, (_, i) =>
    i === 0 ? '' : `unit-${String(i).padStart(2, '0')}`,
  );
  const total = sumOf(unitKeys.map((_, i) => part(i + 1)));
  const carriedInMinor = -2_000_000n;
  const netMinor = netOf(total) + carriedInMinor;
  const batch: Batch = {
    billerId: 1,
    settlementId: '019ab1c2-d3e4-0001-8f00-0123456789ab',
    businessDate: '2026-11-22',
    currency: 'OMR',
    sealedAt: new Date('2026-11-22T12:00:01Z'),
    recordedAt: new Date('2026-11-22T12:00:09Z'),
    valueDate: '2026-11-24',
    feesSettled: 'gross',
    feesSetOffMinor: 0n,
    carriedInMinor,
    netMinor,
    remittedMinor: netMinor,
    carriedOutMinor: 0n,
    facts: {
      billerCode: 'om-social',
      billerName: names('Social Protection Fund', 'صندوق الحماية الاجتماعية', 'Fonds de protection sociale'),
      timeZone: 'Asia/Muscat',
      remittanceDays: 2,
      units: Object.fromEntries(
        unitKeys
          .slice(1)
          .map((key, i) => [
            key,
            names(`Governorate ${i + 1}`, `محافظة مسقط (${i + 1})`, `Gouvernorat ${i + 1}`),
          ]),
      ),
      services: {
        contrib: names('Contributions', 'الاشتراكات الشهرية', 'Cotisations'),
        arrears: names('Arrears & penalties', 'المتأخرات والغرامات', 'Arriérés'),
      },
      budgetLines: {
        '4110': names('Contributions revenue', 'إيرادات الاشتراكات', 'Recettes de cotisations'),
      },
      channels: {
        'bank-one': names('Bank One', 'البنك الأول', 'Première banque'),
        'kiosk-mall': names('Mall kiosks', 'أجهزة المجمعات', 'Bornes'),
      },
    },
    digest: Buffer.from('5f'.repeat(32), 'hex'),
    previousDigest: Buffer.from('a7'.repeat(32), 'hex'),
  };
  return {
    batch,
    splits: [
      { dimension: 'total', key: '', ...total, netMinor },
      ...splitOf('unit', unitKeys),
      ...splitOf('service', ['arrears', 'contrib']),
      ...splitOf('channel', ['bank-one', 'kiosk-mall']),
      ...splitOf('outlet-kind', ['branch', 'kiosk', 'web']),
      ...splitOf('method', ['cash', 'card']),
      ...splitOf('budget-line', ['4110', '4120']),
    ],
    remittances: [
      {
        unit: '',
        amountMinor: netMinor - 5_000_000n,
        valueDate: '2026-11-24',
        late: false,
        endToEndId: 'W0000000ABCDEF0',
        holder: 'Social Protection Fund',
        account: 'OM*****************3456',
      },
      {
        unit: 'unit-01',
        amountMinor: 5_000_000n,
        valueDate: '2026-11-24',
        late: true,
        endToEndId: 'W0000000ABCDEG0',
        holder: 'صندوق الحماية الاجتماعية – مسقط',
        account: 'OM*****************9981',
      },
    ],
  };
}
