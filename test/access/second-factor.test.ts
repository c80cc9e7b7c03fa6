// The second factor at the verbs, with a clock that the test moves: what enrols, what a code is good for, what locks out.
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import t, { type Test } from 'tap';
import { removeFactor, signIn, type Person } from '../../src/access/index.ts';
import { enrolFactor, factorState, proveEnrolment } from '../../src/access/second-factor.ts';
import { sessionOf } from '../../src/access/session.ts';
import { stepOf } from '../../src/access/totp.ts';
import { Refused } from '../../src/kernel/errors.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';
import { PASSWORD, person, session } from '../support/staff.ts';
import { ACTOR, done, MASTER_KEY } from '../support/world.ts';

const STEP_MS = 30_000;
const origin = { address: '192.0.2.7' };

/** Somebody of a database of his own; `at` is what the clock says. */
async function enrolled(t: Parameters<typeof testDatabase>[0]) {
  const { db } = await testDatabase(t);
  const clock = { at: Date.parse('2026-11-23T09:00:00Z'), now: () => new Date(clock.at) };
  const tools = { database: db, masterKey: MASTER_KEY, clock };
  const who = await person(db, 'amal', 'operator-admin');
  const { secret, uri } = await enrolFactor(tools, who);
  const codeAt = (at: number): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
  const enter = async (code?: string, password = PASSWORD): Promise<string> => {
    const opened = signIn(tools, { login: 'amal', password, code }, origin);
    return opened.then(
      () => 'ok',
      (error: unknown) => {
        if (error instanceof Refused) return error.refusal.code;
        throw error;
      },
    );
  };
  const own = async () => {
    const found = await sessionOf(db, await session(db, 'amal'));
    if (found === undefined) throw new Error('no session');
    return found;
  };
  return { db, clock, tools, who, secret, uri, codeAt, enter, own };
}

const code = (value: string) => ({ message: value });

t.test('codes are those of RFC 6238, one step to each side', async (t) => {
  const secret = Buffer.from('12345678901234567890');
  const vectors: [number, string][] = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ];
  for (const [seconds, six] of vectors) {
    const step = BigInt(Math.floor(seconds / 30));
    for (const drift of [-STEP_MS, 0, STEP_MS])
      t.equal(stepOf(secret, six, new Date(seconds * 1000 + drift)), step, `${seconds} s ${drift}`);
    for (const drift of [-2 * STEP_MS, 2 * STEP_MS])
      t.equal(stepOf(secret, six, new Date(seconds * 1000 + drift)), undefined);
  }
});

t.test('enrolled by a first code; a code is good once; nothing secret is kept in clear', async (t) => {
  const { db, clock, tools, who, secret, uri, codeAt, enter, own } = await enrolled(t);
  t.equal(new URL(uri).searchParams.get('secret'), secret);
  t.match(uri, /^otpauth:\/\/totp\/Wasit:amal\?/);
  t.equal(await enter(), 'ok', 'not in force before it is confirmed');
  const mine = await own();
  await t.rejects(proveEnrolment(tools, mine, '000000', '192.0.2.7'), code('second-factor-unconfirmed'));
  const other = await session(db, 'amal');
  const codes = await proveEnrolment(tools, mine, codeAt(clock.at), '192.0.2.7');
  t.equal(new Set(codes).size, 10);
  t.equal(await sessionOf(db, other), undefined, 'other sessions have ended');
  await t.rejects(enrolFactor(tools, who), code('second-factor-active'));
  await t.rejects(proveEnrolment(tools, mine, codeAt(clock.at), '192.0.2.7'), code('second-factor-active'));
  t.equal(await enter(), 'second-factor-required');
  t.equal(await enter(codeAt(clock.at)), 'second-factor-refused', 'the code that confirmed is spent');
  t.equal(await enter(codeAt(clock.at + STEP_MS)), 'ok', 'a telephone one step ahead');
  t.equal(await enter(codeAt(clock.at + STEP_MS)), 'second-factor-refused', 'once');
  clock.at += 3 * STEP_MS;
  const [one = '', two = ''] = [codeAt(clock.at - STEP_MS), codeAt(clock.at)];
  t.equal(
    await enter(`${two.slice(0, 3)} ${two.slice(3)}`.replace(/\d/g, arabic)),
    'ok',
    'as an Arab types it',
  );
  t.equal(await enter(one), 'second-factor-refused', 'an older one is void by then');
  const [row] = await db.transaction((tx) =>
    tx.query<{ kept: string }>('select row_to_json(f)::text as kept from staff_factor f'),
  );
  const kept = row?.kept ?? '';
  t.notOk(kept.includes(secret) || kept.includes(Secret.fromBase32(secret).hex.toLowerCase()));
});

const arabic = (digit: string): string => String.fromCharCode(0x660 + Number(digit));

t.test('one code at the same instant twice: one signs in', async (t) => {
  const { clock, tools, codeAt, enter, own } = await enrolled(t);
  const [recovery = ''] = await proveEnrolment(tools, await own(), codeAt(clock.at), '192.0.2.7');
  clock.at += STEP_MS;
  for (const once of [codeAt(clock.at), recovery]) {
    const ways = await Promise.all([enter(once), enter(once)]);
    t.same(ways.sort(), ['ok', 'second-factor-refused'], once);
  }
});

t.test('wrong codes pause the login as wrong passwords do, and no code wipes them out', async (t) => {
  const { db, clock, tools, codeAt, enter, own } = await enrolled(t);
  await proveEnrolment(tools, await own(), codeAt(clock.at), '192.0.2.7');
  clock.at += STEP_MS;
  t.same(
    [await enter('000000'), await enter('not a code'), await enter(), await enter('111111'), await enter('')],
    [
      'second-factor-refused',
      'second-factor-refused',
      'second-factor-required',
      'second-factor-refused',
      'second-factor-refused',
    ],
  );
  await db.transaction((tx) =>
    tx.query(`update sign_in_attempt set locked_until = clock_timestamp() + interval '1 hour'`),
  );
  t.equal(await enter(codeAt(clock.at)), 'sign-in-paused', 'also with the right code');
  await db.transaction((tx) => tx.query('update sign_in_attempt set locked_until = last_at'));
  t.equal(await enter(codeAt(clock.at), 'the wrong password'), 'sign-in-refused', 'the code stays unspent');
  await db.transaction((tx) => tx.query('update sign_in_attempt set locked_until = last_at'));
  t.equal(await enter(codeAt(clock.at)), 'ok');
  t.match(await audited(db, 'session.refused'), [
    { actor: 'stranger', after: { secondFactor: 'wrong' } },
    { after: { secondFactor: 'wrong' } },
    { after: { secondFactor: 'missing' } },
    { after: { secondFactor: 'wrong' } },
    { after: { secondFactor: 'wrong' } },
    { after: null },
  ]);
});

t.test('recovery codes, each once; the operator removes a factor', async (t) => {
  const { db, clock, tools, who, codeAt, enter, own } = await enrolled(t);
  const [first = '', second = ''] = await proveEnrolment(tools, await own(), codeAt(clock.at), '192.0.2.7');
  t.equal(await enter(first), 'ok');
  t.equal(await enter(first), 'second-factor-refused');
  t.equal(await enter(` ${second.toUpperCase().replaceAll('-', '')} `), 'ok', 'as it comes from paper');
  t.match(await factorState(db, who), { active: true, recoveryCodesLeft: 8 });
  t.match(await audited(db, 'second-factor.recovery-used'), [{ after: { left: 9 } }, { after: { left: 8 } }]);
  await otherPerson(t, db, tools, first);
  const before = await session(db, 'amal');
  t.match(done(await removeFactor(db, 'amal', ACTOR)), { changed: true });
  t.equal(await sessionOf(db, before), undefined);
  t.match(done(await removeFactor(db, 'amal', ACTOR)), { changed: false });
  t.equal(await enter(), 'ok');
  t.match(await factorState(db, who), { active: false, recoveryCodesLeft: 0 });
  t.equal((await audited(db, 'second-factor.enrol')).length, 2);
  t.equal((await audited(db, 'second-factor.remove')).length, 1);
});

/** A recovery code is its owner's alone, and a sealed secret its row's. */
async function otherPerson(
  t: Test,
  db: Database,
  tools: Parameters<typeof enrolFactor>[0],
  used: string,
): Promise<void> {
  const karim: Person = await person(db, 'karim', 'support');
  const { secret } = await enrolFactor(tools, karim);
  const mine = await sessionOf(db, await session(db, 'karim'));
  if (mine === undefined) throw new Error('no session');
  const timestamp = tools.clock.now().getTime();
  await proveEnrolment(
    tools,
    mine,
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp }),
    'x',
  );
  await t.rejects(
    signIn(tools, { login: 'karim', password: PASSWORD, code: used }, origin),
    code('second-factor-refused'),
  );
  await t.rejects(
    signIn(
      { ...tools, masterKey: randomBytes(32) },
      { login: 'karim', password: PASSWORD, code: '123456' },
      origin,
    ),
    { message: /another master key/ },
  );
}

function audited(db: Database, action: string): Promise<object[]> {
  return db.transaction((tx) =>
    tx.query('select actor, after from audit_log where action = $1 order by recorded_at', [action]),
  );
}
