// A settlement's documents for programs, as the API description shows them: the JSON with every field that json.ts writes,
// the CSV with the columns that csv.ts writes.

import { exampleSums, none, rial } from '../schema.ts';
import { ENTRY_COLUMNS, type EntryColumn } from './entry-columns.ts';

export const exampleJson = {
  settlementId: 'stl_06fhp0c6dm000g8k2n5v7w9xqz',
  billerCode: 'om-social',
  billerName: {
    ar: 'صندوق الحماية الاجتماعية',
    fr: 'Caisse de protection sociale',
    en: 'Social Protection Fund',
  },
  businessDate: '2026-11-22',
  timeZone: 'Asia/Muscat',
  currency: 'OMR',
  sealedAt: '2026-11-22T12:00:01.204Z',
  recordedAt: '2026-11-22T12:00:01.911Z',
  totals: exampleSums,
  feesSettled: 'gross',
  feesSetOff: none,
  carriedIn: none,
  net: rial('231064.000'),
  remitted: rial('231064.000'),
  carriedOut: none,
  valueDate: '2026-11-24',
  remittances: [
    {
      unit: null,
      amount: rial('231064.000'),
      valueDate: '2026-11-24',
      late: false,
      endToEndId: 'W06FHP0C6DM00080',
      holder: 'Social Protection Fund',
      account: 'OM*****************3456',
    },
  ],
  splits: [
    {
      dimension: 'channel',
      key: 'bank-one',
      name: { ar: 'البنك الأول', fr: 'Banque Un', en: 'Bank One' },
      ...exampleSums,
      net: rial('231064.000'),
    },
  ],
  digest: '9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab',
  previousDigest: null,
};

const line: Readonly<Record<EntryColumn, string>> = {
  paymentId: 'pay_06fhp0c6dm000g8k2n5v7w9xqz',
  receiptNumber: '01-7Q2M-X9ZT-C4WH-J',
  acceptedAt: '2026-11-22T12:15:30+04:00',
  kind: 'payment',
  reference: '2026-11-22.000417',
  channel: 'bank-one',
  outletKind: 'branch',
  outletId: 'MCT-014',
  method: 'cash',
  route: 'operator',
  billNumber: 'OM-2026-000417',
  payerId: 'E-20417',
  unit: '',
  service: 'contribution',
  budgetLine: '',
  amount: '125.500',
  payerFee: '0.200',
  billerFee: '0.000',
  tax: '0.010',
  commission: '0.100',
  currency: 'OMR',
  businessDate: '2026-11-22',
  credited: '',
  note: '',
};

export const exampleCsv = `${[ENTRY_COLUMNS, ENTRY_COLUMNS.map((column) => line[column])].map((cells) => cells.join(',')).join('\n')}\n`;
