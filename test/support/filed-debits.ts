// Debits and requests for mandates as a file to a bank tells them, of an Algerian fund.
import type { DebitOrderFile, FiledDebit, MandateRequest } from '../../src/mandates/debits/index.ts';

export const filedDebit = (change: Partial<FiledDebit> = {}): FiledDebit => ({
  endToEndId: 'D0123456789ABCD0',
  mandateReference: 'mnd_06fhp0c6dm000g8k2n5v7w9xqz',
  signedOn: '2026-10-01',
  amount: { minor: 1_250_005n, currency: 'DZD' },
  debtor: { name: 'شركة البناء الحديث', account: '00400174401001050486', bank: '004' },
  text: 'cacobatph 2026-11 12 chantiers',
  ...change,
});

export const debitFile = (
  debits: DebitOrderFile['debits'],
  change: Partial<DebitOrderFile> = {},
): DebitOrderFile => ({
  messageId: 'WSD06FHP0C6DM000G8K2N5V7W9XQZ',
  createdAt: new Date('2026-11-24T05:30:00.123Z'),
  creditor: { name: 'CACOBATPH & <fonds>', account: '00100012345678901243', bank: 'BNALDZALXXX' },
  ultimateCreditor: null,
  creditorSchemeId: null,
  collectOn: '2026-11-24',
  sequence: 'RCUR',
  debits,
  ...change,
});

export const mandateRequest = (change: Partial<MandateRequest> = {}): MandateRequest => ({
  requestId: 'mnd_06fhp0c6dm000g8k2n5v7w9xqz-1',
  mandateReference: 'mnd_06fhp0c6dm000g8k2n5v7w9xqz',
  sequence: 'RCUR',
  collectOnDays: [],
  validFrom: '2026-12-01',
  validUntil: null,
  firstCollectionOn: null,
  finalCollectionOn: null,
  perDebit: { minor: 50_000_000n, currency: 'DZD' },
  signedOn: null,
  creditor: { name: 'CNAS', account: '00100012345678901243', bank: 'BNALDZAL' },
  ultimateCreditor: null,
  creditorSchemeId: null,
  debtor: { name: 'فاطمة', account: '00799999000000020091', bank: null },
  ...change,
});
