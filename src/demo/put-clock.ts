// Puts the clock of the books forward in a told day, and says by which command.

import { orRefuse } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Scribe } from './scribe.ts';
import { DEMO_ACTOR } from './seed-parties.ts';
import { setClock } from './set-clock.ts';

/** Forward only: a clock that is beyond `to` stays. */
export async function putClock(scribe: Scribe, database: Database, to: Date): Promise<void> {
  orRefuse(await setClock(database, (now) => (now > to ? now : to), DEMO_ACTOR));
  scribe.quote(`npm run wasit -- demo clock set ${to.toISOString()}`, 'sh');
}
