// People of the demo: two of the operator's, who can accept what the other asks for, one of its desk, who asks, two of an
// agency's, and one of each that collects by debits. Their passwords are random, and kept in demo.json alone.

import { addStaff, disableStaff, newPassword } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { DemoFile } from './demo-file.ts';
import { DEMO_ACTOR, must } from './seed-parties.ts';
import { freeLogin } from './store.ts';

type Staff = DemoFile['staff'][number];

const PEOPLE: readonly Omit<Staff, 'password'>[] = [
  { login: 'amal', name: 'Amal Al Lawati', role: 'operator-admin', language: 'en' },
  { login: 'karim', name: 'Karim Benali', role: 'operator-admin', language: 'fr' },
  { login: 'noura', name: 'نورة البلوشي', role: 'support', language: 'ar' },
  {
    login: 'salim',
    name: 'سالم الحارثي',
    role: 'finance-officer',
    billerCode: 'om-social',
    language: 'ar',
  },
  { login: 'fatma', name: 'فاطمة الزدجالية', role: 'approver', billerCode: 'om-social', language: 'ar' },
  { login: 'nadia', name: 'Nadia Haddad', role: 'approver', billerCode: 'dz-social', language: 'fr' },
  { login: 'yacine', name: 'ياسين براهيمي', role: 'approver', billerCode: 'dz-build', language: 'ar' },
];

/** New people each time: who was there under a login of the demo, from a demo.json that was lost, is disabled. */
export async function seedStaff(database: Database): Promise<Staff[]> {
  return Promise.all(
    PEOPLE.map(async (person) => {
      const { login, stale } = await database.transaction((tx) => freeLogin(tx, person.login));
      for (const old of stale) must(await disableStaff(database, old, DEMO_ACTOR));
      const staff = { ...person, login, password: newPassword() };
      must(await addStaff(database, staff, DEMO_ACTOR));
      return staff;
    }),
  );
}
