// A new person. His role says what he belongs to: the operator, one agency or one channel, and he is tied to it for good;
// who changes his place gets another login.

import { LANGUAGES, isLanguage } from '../platform/http/index.ts';
import { systemClock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { isWrittenLine } from '../kernel/text-form.ts';
import type { Database } from '../platform/db/index.ts';
import type { Actor, Outcome } from './change.ts';
import { hashPassword } from './password-hash.ts';
import { passwordFault } from './password-rules.ts';
import { BELONGS, ROLES, type Person, type Role } from './person.ts';
import { recordAudit } from './record-audit.ts';
import { findOwner, findStaff, insertStaff, toPerson } from './store-staff.ts';

export interface StaffWish {
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly billerCode?: string | undefined;
  readonly channelCode?: string | undefined;
  readonly language?: string | undefined;
  readonly password: string;
}

const LOGIN = /^[a-z0-9][a-z0-9._@-]{1,63}$/;

/** Refuses a login that is taken or badly formed, a role without its biller or channel, a weak password. */
export async function addStaff(database: Database, wish: StaffWish, actor: Actor): Promise<Outcome<Person>> {
  const { login, name, language = 'en' } = wish;
  const role = ROLES.find((each) => each === wish.role);
  const fault = faultOf(wish, role, language);
  if (fault !== undefined) return { ok: false, reason: fault };
  if (role === undefined || !isLanguage(language)) throw new Error('a wish that was checked');
  const passwordHash = await hashPassword(wish.password);
  return database.transaction(async (tx) => {
    const { billerCode, channelCode } = wish;
    const billerId = billerCode === undefined ? null : await findOwner(tx, 'biller', billerCode);
    if (billerId === undefined) return { ok: false, reason: `there is no biller ${billerCode}` };
    const channelId = channelCode === undefined ? null : await findOwner(tx, 'channel', channelCode);
    if (channelId === undefined) return { ok: false, reason: `there is no channel ${channelCode}` };
    const staffId = newId(systemClock.now().getTime(), 0);
    const staff = { staffId, login, name, role, billerId, channelId, language, passwordHash };
    if (!(await insertStaff(tx, staff))) return { ok: false, reason: `the login ${login} is taken` };
    const row = await findStaff(tx, login);
    if (row === undefined) throw new Error(`staff ${login} was not inserted`);
    const after = { login, role, billerCode, channelCode, language };
    await recordAudit(tx, actor, { action: 'staff.add', subject: `staff/${login}`, after });
    return { ok: true, value: toPerson(row) };
  });
}

function faultOf(wish: StaffWish, role: Role | undefined, language: string): string | undefined {
  if (!LOGIN.test(wish.login))
    return `${wish.login} is no login: 2 to 64 of a-z 0-9 . _ @ -, beginning with a letter or digit`;
  if (wish.name.trim() === '' || wish.name.length > 200) return 'a name has 1 to 200 characters';
  if (!isWrittenLine(wish.name)) return 'a name has no control characters and no characters that nobody sees';
  if (role === undefined) return `${wish.role} is no role: ${ROLES.join(', ')}`;
  if (!isLanguage(language)) return `${language} is no language: ${LANGUAGES.join(', ')}`;
  const belongs = BELONGS[role];
  const [hasBiller, hasChannel] = [wish.billerCode !== undefined, wish.channelCode !== undefined];
  if (hasBiller !== (belongs === 'agency') || hasChannel !== (belongs === 'channel'))
    return {
      operator: `the role ${role} is the operator's: name neither a biller nor a channel`,
      agency: `the role ${role} is an agency's: name its biller, and no channel`,
      channel: `the role ${role} is a channel's: name the channel, and no biller`,
    }[belongs];
  return passwordFault(wish.password, wish.login);
}
