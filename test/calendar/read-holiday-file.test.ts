// Files of holidays: what is taken, and that every bad line is named by its number.

import t from 'tap';
import { readHolidayFile } from '../../src/calendar/index.ts';

t.test('taken', async (t) => {
  const text =
    '\uFEFFdate,name,state\r\n2027-01-07,Coptic Christmas,\r\n\r\n2027-03-10,"Eid al-Fitr, first day",tentative\r\n2027-03-11,عيد الفطر,struck\r\n';
  t.same(readHolidayFile(text), {
    holidays: [
      { onDate: '2027-01-07', name: 'Coptic Christmas', state: 'confirmed' },
      { onDate: '2027-03-10', name: 'Eid al-Fitr, first day', state: 'tentative' },
      { onDate: '2027-03-11', name: 'عيد الفطر', state: 'struck' },
    ],
  });
  t.match(readHolidayFile('name,date\nNew Year,2027-01-01'), { holidays: [{ state: 'confirmed' }] });
});

t.test('every bad line is named', async (t) => {
  const lines = [
    'date,name,state',
    '2027-02-29,No such day,',
    '2027-01-01,New Year,confirmed',
    'tomorrow,Soon,',
    '2027-01-02,,',
    '2027-01-03,Eid,maybe',
    '2027-01-04,Eid',
    '2027-01-05,Eid,confirmed,more',
    '2027-01-01,New Year again,',
    '2027-01-06,"Open,tentative',
    '2027-01-07,a"b",',
    `2027-01-08,${'x'.repeat(201)},`,
  ];
  t.same(readHolidayFile(lines.join('\n')), {
    faults: [
      'line 2: 2027-02-29 is no date YYYY-MM-DD',
      'line 4: tomorrow is no date YYYY-MM-DD',
      'line 5: the name is missing',
      'line 6: the state must be confirmed, tentative, struck or empty, not maybe',
      'line 7: 2 fields where the header has 3',
      'line 8: 4 fields where the header has 3',
      'line 9: 2027-01-01 stands in line 3 already',
      'line 10: a quotation mark is not closed',
      'line 11: a quotation mark stands in the wrong place',
      'line 12: the name is longer than 200 characters',
    ],
  });
});

t.test('files that are none', async (t) => {
  for (const text of ['', 'date', 'date;name', 'date,name,date', 'date,name,colour', '"date,name'])
    t.match(
      readHolidayFile(`${text}\n2027-01-01,New Year`),
      { faults: [/^line 1: the header must be/] },
      text,
    );
  t.match(readHolidayFile('date,name\n\n'), { faults: ['there is no holiday in the file'] });
});
