// A document with something of everything, in Arabic.
import type { PrintedDocument } from '../../src/platform/files/index.ts';

export const aPage: PrintedDocument = {
  language: 'ar',
  title: 'كشف المدفوعات',
  party: 'SPA – الفرع الجهوي بوهران، هيئة التقاعد',
  subject: [{ label: 'الجهة', value: 'الأحد 22 نوفمبر 2026' }],
  blocks: [
    {
      kind: 'account',
      title: 'الرسوم',
      heads: ['العدد', 'المبلغ (OMR)'],
      items: [{ label: 'الصافي', value: '−1,234.500', detail: '3', total: true }],
    },
    {
      kind: 'table',
      title: 'المدفوعات',
      columns: [
        { label: 'الفاتورة', width: 20, kind: 'code' },
        { label: 'الاسم', width: 20, kind: 'text' },
        { label: 'المبلغ', width: 10, kind: 'number' },
      ],
      rows: Array.from({ length: 60 }, (_, i) => [`OM-2026-${i}`, 'شهر', '1,234.500']),
      total: ['الإجمالي', '', '74,070.000'],
    },
    {
      kind: 'together',
      blocks: [
        { kind: 'signatures', labels: ['أعدّه', 'اعتمده'], hint: 'الاسم' },
        { kind: 'facts', items: [{ label: 'البصمة', value: '5f'.repeat(32), ltr: true }] },
        { kind: 'note', text: 'تُحسب البصمة من جميع مدفوعات اليوم.' },
      ],
    },
  ],
  footer: 'كشف المدفوعات',
  footerCode: 'E-1 2026-11-22',
  pageOf: (page, pages) => `صفحة ${page} من ${pages}`,
  madeAt: new Date('2026-11-22T12:00:00Z'),
};
