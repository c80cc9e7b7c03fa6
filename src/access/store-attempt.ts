// SQL of attempts to sign in, by the hash of a login whether somebody has it or not. Their time is the real one.

import type { Tx } from '../platform/db/index.ts';

/** Notes an attempt. `paused`: none was noted, for the pause after the ones before is not over. */
export async function noteAttempt(
  tx: Tx,
  loginHash: Buffer,
): Promise<{ readonly paused: false } | { readonly paused: true; readonly seconds: number }> {
  await tx.query(
    `delete from sign_in_attempt where login_hash in (
       select login_hash from sign_in_attempt where last_at < clock_timestamp() - interval '1 day'
        limit 100 for update skip locked)`,
  );
  const noted = await tx.query(
    `insert into sign_in_attempt as a (login_hash, attempts, last_at) values ($1, 1, clock_timestamp())
     on conflict (login_hash) do update
        set attempts = least(a.attempts + 1, 100), last_at = clock_timestamp(),
            locked_until = case when a.attempts + 1 >= 5 then
              clock_timestamp() + least(5 * 2 ^ least(a.attempts - 4, 10), 900) * interval '1 second' end
      where a.locked_until is null or a.locked_until <= clock_timestamp()
     returning attempts`,
    [loginHash],
  );
  if (noted.length === 1) return { paused: false };
  const [row] = await tx.query<{ seconds: number }>(
    `select greatest(1, ceil(extract(epoch from locked_until - clock_timestamp())))::int as seconds
       from sign_in_attempt where login_hash = $1`,
    [loginHash],
  );
  return { paused: true, seconds: row?.seconds ?? 1 };
}

export async function forgetAttempts(tx: Tx, loginHash: Buffer): Promise<void> {
  await tx.query('delete from sign_in_attempt where login_hash = $1', [loginHash]);
}
