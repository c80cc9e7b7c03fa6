// The demo operator's bank, its accounts, what channels pay from, and the accounts to which the demo's agencies are paid. Every number is
// made up: the check digits are right, the banks in them do not exist.

import type { BankAccountWish, BankSettings, RemittanceAccountWish } from '../billers/bank/index.ts';

export const DEMO_BANK: { readonly code: string; readonly settings: BankSettings } = {
  code: 'demo-bank',
  settings: {
    name: {
      ar: 'بنك المشغّل التجريبي',
      fr: 'Banque de l’opérateur (démonstration)',
      en: 'Operator’s Bank (demo)',
    },
    bic: 'DEMOOMRX',
    timeZone: 'Asia/Muscat',
    cutOff: '14:00',
    leadDays: 1,
    weekend: [5, 6],
    handover: { way: 'folder', folder: 'orders' },
  },
};

const HOLDER = 'Wasit Operator (demo)';

export const DEMO_ACCOUNTS: Readonly<Record<string, Omit<BankAccountWish, 'bankCode'>>> = {
  'demo-omr': { currency: 'OMR', holder: HOLDER, number: 'OM440000001000000000017' },
  'demo-qar': { currency: 'QAR', holder: HOLDER, number: 'QA03DEMO000000000001000000017' },
  'demo-dzd': { currency: 'DZD', holder: HOLDER, number: '00000001000000001793' },
  'demo-egp': { currency: 'EGP', holder: HOLDER, number: 'EG880000000100000000000000017' },
};

/** What channels pay from: by these their transfers are known on the operator's statements. */
export const DEMO_CHANNEL_ACCOUNTS: Readonly<Record<string, string>> = {
  'bank-one': 'OM710010000000000000101',
  'bank-two': 'OM620020000000000000201',
  'agent-net': 'OM530030000000000000301',
  'kiosk-mall': 'OM440040000000000000401',
  'atm-switch': 'OM350050000000000000501',
};

export interface DemoRemittanceAccount extends RemittanceAccountWish {
  readonly billerCode: string;
  /** Empty: the biller's own. */
  readonly unit: string;
}

const account = (
  billerCode: string,
  holder: string,
  number: string,
  [bic, paysFrom]: readonly [bic: string | null, paysFrom: string],
  unit = '',
): DemoRemittanceAccount => ({ billerCode, unit, holder, number, bic, paysFrom });

const OMAN = ['FUNDOMRX', 'demo-omr'] as const;
const QATAR = ['FUNDQAQA', 'demo-qar'] as const;
const ALGERIA = [null, 'demo-dzd'] as const;
const EGYPT = ['FUNDEGCX', 'demo-egp'] as const;

export const DEMO_REMITTANCE_ACCOUNTS: readonly DemoRemittanceAccount[] = [
  account('om-social', 'Social Protection Fund (demo)', 'OM930000002000000004711', OMAN),
  account('qa-pension', 'Pension Authority (demo)', 'QA96DEMO000000000002000004711', QATAR),
  account('dz-social', 'Caisse des assurances sociales', '00000002000000471126', ALGERIA),
  account('dz-build', 'Caisse du batiment et des travaux', '00000003000000471270', ALGERIA),
  account('eg-local', 'Local Services (demo)', 'EG730000000200000000000004711', EGYPT),
  account('eg-local', 'Giza Governorate (demo)', 'EG870000000300000000000004712', EGYPT, 'giza'),
];
