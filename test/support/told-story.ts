// A story of the demo, played against a whole installation; and what stands there behind it.
import type { Test } from 'tap';
import { readDemoFile } from '../../src/demo/index.ts';
import { messagesTo, mobileOf } from '../../src/demo/stories/story.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { freePort } from '../../src/platform/embedded/index.ts';
import { startWasit, type RunningWasit } from './start-wasit.ts';

export interface ToldStory<Came> extends RunningWasit {
  readonly story: string;
  readonly came: Came & { readonly run: string };
  /** SMS to the payer, the oldest first. */
  readonly messages: readonly string[];
  readonly query: <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;
}

export async function tellStory<Came>(t: Test, name: string): Promise<ToldStory<Came>> {
  const running = await startWasit(t);
  const { wasit, dataDir } = running;
  const port = String(await freePort());
  const told = JSON.parse(await wasit('demo', 'story', name, '--bank-port', port, '--json')) as Came & {
    run: string;
    story: string;
  };
  const demo = await readDemoFile(dataDir);
  const database = openDatabase(demo?.databaseUrl ?? '', { poolSize: 2, applicationName: 'wasit-test' });
  t.teardown(() => database.close());
  return {
    ...running,
    story: told.story,
    came: told,
    messages: await messagesTo(dataDir, mobileOf(told.run)),
    query: (sql, values = []) => database.transaction((tx) => tx.query(sql, values)),
  };
}
