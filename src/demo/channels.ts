// The demo's channels and what they agreed with each agency: every channel serves every biller, no two tariffs
// alike. Amounts by currency, since half an Omani rial and fifty piastres are not the same fee.

import type { ChannelChange, Terms } from '../channels/index.ts';

export interface DemoChannel {
  readonly code: string;
  readonly settings: ChannelChange;
  readonly floats?: Readonly<Record<string, string>>;
}

export const DEMO_CHANNELS: readonly DemoChannel[] = [
  {
    code: 'bank-one',
    settings: {
      name: { ar: 'البنك الأول', fr: 'Première Banque', en: 'Bank One' },
      kind: 'bank',
      funding: 'postpaid',
      seesNames: true,
    },
  },
  {
    code: 'bank-two',
    settings: {
      name: { ar: 'البنك الثاني', fr: 'Deuxième Banque', en: 'Bank Two' },
      kind: 'bank',
      funding: 'postpaid',
    },
  },
  {
    code: 'agent-net',
    settings: {
      name: { ar: 'شبكة الوكلاء', fr: 'Réseau d’agents', en: 'Agent Network' },
      kind: 'agent',
      funding: 'prefunded',
    },
    floats: { OMR: '50000000.000', QAR: '500000000.00', DZD: '20000000000.00', EGP: '2000000000.00' },
  },
  {
    code: 'kiosk-mall',
    settings: {
      name: { ar: 'أكشاك المجمع التجاري', fr: 'Bornes du centre commercial', en: 'Mall Kiosks' },
      kind: 'kiosk',
      funding: 'postpaid',
      limitPerPayment: { OMR: '5000.000', QAR: '50000.00', DZD: '5000000.00', EGP: '200000.00' },
    },
  },
  {
    code: 'atm-switch',
    settings: {
      name: { ar: 'محول الصرافات', fr: 'Réseau de distributeurs', en: 'ATM Switch' },
      kind: 'atm',
      funding: 'postpaid',
    },
  },
];

interface Tariff {
  readonly small: string;
  readonly large: string;
  readonly least: string;
  readonly most: string;
  /** Up to here the small fee. */
  readonly band: string;
  /** The next amount above it. */
  readonly above: string;
}

const TARIFFS: Readonly<Record<string, Tariff>> = {
  OMR: { small: '0.200', large: '0.500', least: '0.100', most: '2.000', band: '100.000', above: '100.001' },
  QAR: { small: '2.00', large: '5.00', least: '1.00', most: '20.00', band: '1000.00', above: '1000.01' },
  DZD: {
    small: '40.00',
    large: '100.00',
    least: '20.00',
    most: '400.00',
    band: '20000.00',
    above: '20000.01',
  },
  EGP: { small: '5.00', large: '12.00', least: '2.00', most: '50.00', band: '1000.00', above: '1000.01' },
};

export function demoTerms(channelCode: string, billerCode: string, currency: string): Terms {
  const tariff = TARIFFS[currency];
  if (tariff === undefined) throw new Error(`the demo has no tariff in ${currency}`);
  const { small, large, least, most, band, above } = tariff;
  switch (channelCode) {
    case 'bank-one':
      if (billerCode === 'om-social')
        return { route: 'via-operator', fees: [{ per: 'payment', bearer: 'payer', flat: small }] };
      return {
        route: 'via-operator',
        fees: [{ per: 'payment', bearer: 'biller', percent: '0.25', min: least, max: most }],
      };
    case 'bank-two':
      return {
        // The bank credits the fund's own account: only what it owes for fees passes through the operator.
        route: billerCode === 'dz-social' ? 'direct' : 'via-operator',
        fees: [
          { per: 'payment', bearer: 'shared', payerPercent: '50', percent: '0.5', min: small, max: most },
        ],
        taxPercent: '5',
      };
    case 'agent-net':
      return {
        route: 'via-operator',
        fees: [{ per: 'bill', bearer: 'payer', flat: small }],
        taxPercent: '15',
        commission: [{ percent: '0.2', min: least, max: most }],
      };
    case 'kiosk-mall':
      return {
        route: 'via-operator',
        fees: [
          { per: 'payment', bearer: 'payer', flat: small, to: band },
          { per: 'payment', bearer: 'payer', flat: large, from: above },
        ],
        commission: [{ flat: least }],
      };
    default:
      return {
        route: 'via-operator',
        fees: [
          {
            methods: ['card'],
            per: 'payment',
            bearer: 'shared',
            payerPercent: '40',
            percent: '1.2',
            max: most,
          },
          { per: 'payment', bearer: 'biller', flat: small },
        ],
      };
  }
}
