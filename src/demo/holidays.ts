// Days on which the demo's agencies and its bank are closed, by country. Those that follow the moon are tentative, for
// whoever tries it to confirm or strike.

import type { Holiday } from '../calendar/index.ts';

const fixed = (onDate: string, name: string): Holiday => ({ onDate, name, state: 'confirmed' });
const moon = (onDate: string, name: string): Holiday => ({ onDate, name, state: 'tentative' });

const ISLAMIC: readonly Holiday[] = [
  moon('2027-03-10', 'Eid al-Fitr'),
  moon('2027-03-11', 'Eid al-Fitr'),
  moon('2027-05-16', 'Eid al-Adha'),
  moon('2027-05-17', 'Eid al-Adha'),
  moon('2027-06-06', 'Islamic New Year'),
];

const OMAN: readonly Holiday[] = [
  fixed('2026-11-25', 'National Day'),
  fixed('2026-11-26', 'National Day'),
  fixed('2027-01-11', 'Accession Day'),
  ...ISLAMIC,
];
const QATAR: readonly Holiday[] = [
  fixed('2026-12-18', 'National Day'),
  fixed('2027-02-09', 'Sports Day'),
  ...ISLAMIC,
];
const ALGERIA: readonly Holiday[] = [
  fixed('2027-01-01', 'New Year'),
  fixed('2027-01-12', 'Yennayer'),
  ...ISLAMIC,
  fixed('2027-07-05', 'Independence Day'),
];
const EGYPT: readonly Holiday[] = [
  fixed('2027-01-07', 'Coptic Christmas'),
  fixed('2027-01-25', 'Revolution Day'),
  ...ISLAMIC,
  fixed('2027-07-23', 'Revolution Day'),
];

/** By the code of the biller or of the bank. */
export const DEMO_HOLIDAYS: Readonly<Record<string, readonly Holiday[]>> = {
  'om-social': OMAN,
  'qa-pension': QATAR,
  'dz-social': ALGERIA,
  'dz-build': ALGERIA,
  'eg-local': EGYPT,
  'demo-bank': OMAN,
};
