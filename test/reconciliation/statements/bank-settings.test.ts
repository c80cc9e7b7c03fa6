// What is wrong with a bank's settings is told so that it can be mended: which values there are, and which name is none.

import t from 'tap';
import { readBankSettings } from '../../../src/reconciliation/statements/bank-settings.ts';

const csv = { delimiter: ';', columns: { date: 1, amount: 2 }, dateFormat: 'dd/MM/yyyy', decimalSign: ',' };

t.test('as it is', async (t) => {
  t.same(readBankSettings({ encoding: 'windows-1256', csv }), {
    settings: { encoding: 'windows-1256', csv },
  });
});

t.test('a value that is none: which there are', async (t) => {
  t.same(readBankSettings({ csv: { ...csv, dateFormat: 'DD/MM' } }), {
    faults: ['csv.dateFormat is one of "yyyy-MM-dd","dd/MM/yyyy","dd.MM.yyyy","dd-MM-yyyy","yyyyMMdd"'],
  });
});

t.test('a name that is none, told once', async (t) => {
  t.same(readBankSettings({ csv: { ...csv, colums: {} } }), { faults: ['csv has no colums'] });
});
