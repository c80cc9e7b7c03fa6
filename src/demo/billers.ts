// The demo's agencies: fictitious, one for each of the five real systems that Wasit is made to serve.

import type { BillerSettings, BudgetLine, Service, Unit } from '../billers/index.ts';

export interface DemoBiller {
  readonly code: string;
  readonly settings: Partial<BillerSettings> &
    Pick<BillerSettings, 'name' | 'currency' | 'timeZone' | 'cutOff'>;
  readonly units?: readonly Unit[];
  readonly services?: readonly Service[];
  readonly budgetLines?: readonly BudgetLine[];
}

const WEEKEND = [5, 6];

/** Five percent at once, one more for each month that begins after the first. */
const ALGERIAN_PENALTY: BillerSettings['penalty'] = [
  { percent: '5', every: 'once' },
  { percent: '1', every: 'month', fromDay: 31, ceiling: { percent: '24' } },
];

const service = (code: string, ar: string, fr: string, en: string, budgetLine: string): Service => ({
  code,
  name: { ar, fr, en },
  budgetLine,
});
const line = (code: string, ar: string, fr: string, en: string): BudgetLine => ({
  code,
  name: { ar, fr, en },
});
const unit = (code: string, ar: string, fr: string, en: string, parent?: string): Unit => ({
  code,
  ...(parent && { parent }),
  name: { ar, fr, en },
});

export const DEMO_BILLERS: readonly DemoBiller[] = [
  {
    code: 'om-social',
    settings: {
      name: {
        ar: 'صندوق الحماية الاجتماعية التجريبي',
        fr: 'Fonds de protection sociale (démonstration)',
        en: 'Social Protection Fund (demo)',
      },
      currency: 'OMR',
      policy: 'at-least',
      timeZone: 'Asia/Muscat',
      cutOff: '16:00',
      weekend: WEEKEND,
      penalty: [{ percent: '0.5', every: 'month', ceiling: { percent: '10' } }],
      dueMovesForward: true,
      approveAbove: '1000.000',
    },
  },
  {
    code: 'qa-pension',
    settings: {
      name: {
        ar: 'هيئة التقاعد التجريبية',
        fr: 'Autorité des retraites (démonstration)',
        en: 'Pension Authority (demo)',
      },
      currency: 'QAR',
      policy: 'at-least',
      timeZone: 'Asia/Qatar',
      cutOff: '18:00',
      weekend: WEEKEND,
      penalty: [{ flat: '50.00', every: 'once', fromDay: 8 }],
      remittanceDays: 1,
      feesSettled: 'net',
      approveAbove: '10000.00',
    },
  },
  {
    code: 'dz-social',
    settings: {
      name: {
        ar: 'صندوق التأمينات الاجتماعية التجريبي',
        fr: 'Caisse des assurances sociales (démonstration)',
        en: 'Social Insurance Fund (demo)',
      },
      currency: 'DZD',
      policy: 'exact',
      timeZone: 'Africa/Algiers',
      cutOff: '17:00',
      weekend: WEEKEND,
      penalty: ALGERIAN_PENALTY,
    },
  },
  {
    code: 'dz-build',
    settings: {
      name: {
        ar: 'صندوق البناء والأشغال التجريبي',
        fr: 'Caisse du bâtiment et des travaux (démonstration)',
        en: 'Construction Workers’ Fund (demo)',
      },
      currency: 'DZD',
      policy: 'exact',
      timeZone: 'Africa/Algiers',
      cutOff: '17:00',
      weekend: WEEKEND,
      penalty: ALGERIAN_PENALTY,
      reversalMinutes: 60,
    },
    units: [
      unit('alger', 'الجزائر', 'Alger', 'Algiers'),
      unit('oran', 'وهران', 'Oran', 'Oran'),
      unit('constantine', 'قسنطينة', 'Constantine', 'Constantine'),
      unit('ouargla', 'ورقلة', 'Ouargla', 'Ouargla'),
    ],
  },
  {
    code: 'eg-local',
    settings: {
      name: {
        ar: 'خدمات المحليات التجريبية',
        fr: 'Services locaux (démonstration)',
        en: 'Local Services (demo)',
      },
      currency: 'EGP',
      policy: 'between',
      timeZone: 'Africa/Cairo',
      cutOff: '15:00',
      weekend: WEEKEND,
      remittanceDays: 2,
      approveAbove: '20000.00',
    },
    units: [
      unit('cairo', 'القاهرة', 'Le Caire', 'Cairo'),
      unit('cairo/nasr-city', 'مدينة نصر', 'Nasr City', 'Nasr City', 'cairo'),
      unit('cairo/maadi', 'المعادي', 'Maadi', 'Maadi', 'cairo'),
      unit('giza', 'الجيزة', 'Gizeh', 'Giza'),
      unit('giza/dokki', 'الدقي', 'Dokki', 'Dokki', 'giza'),
      unit('giza/haram', 'الهرم', 'Haram', 'Haram', 'giza'),
      unit('alexandria', 'الإسكندرية', 'Alexandrie', 'Alexandria'),
      unit('alexandria/montaza', 'المنتزه', 'Montaza', 'Montaza', 'alexandria'),
    ],
    services: [
      service('shop-licence', 'رخصة محل', 'Licence de commerce', 'Shop licence', '13/2101'),
      service('occupancy', 'إشغال طريق', 'Occupation de voie', 'Street occupancy', '13/2205'),
      service('building-permit', 'ترخيص بناء', 'Permis de construire', 'Building permit', '13/2310'),
      service('waste', 'رسم نظافة', 'Taxe de propreté', 'Waste collection', '14/1107'),
      service('donation', 'مساهمة مجتمعية', 'Contribution volontaire', 'Community contribution', '15/9001'),
    ],
    budgetLines: [
      line('13/2101', 'رسوم تراخيص المحال', 'Droits de licence', 'Licence fees'),
      line('13/2205', 'رسوم إشغال الطريق', 'Droits d’occupation', 'Occupancy fees'),
      line('13/2310', 'رسوم تراخيص البناء', 'Droits de construction', 'Building fees'),
      line('14/1107', 'رسوم النظافة', 'Taxes de propreté', 'Waste fees'),
      line('15/9001', 'المساهمات المجتمعية', 'Contributions volontaires', 'Community contributions'),
      line('19/4001', 'رسم تنمية الموارد', 'Taxe de développement', 'Development levy'),
    ],
  },
];
