// `run-tests.mjs FOLDER FILE…` runs test files by tap, each in a process of its own, as they are built in the folder.
// Jobs and time limit are those of .taprc. What tap's own command would load into every process beside (a compiler, a
// recorder of loaded files) is left away: it takes as long as many a test.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from 'yaml';
import Lines from './reporter.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { jobs, timeout } = parse(readFileSync(path.join(root, '.taprc'), 'utf8'));
const [folder, ...files] = process.argv.slice(2);
const options = process.env.NODE_OPTIONS ?? '';
const env = { ...process.env, TEST_PROGRAMS: folder, TAP_TIMEOUT: String(timeout) };

const times = new Map();
t.on('spawn', (test) => {
  const start = performance.now();
  test.on('process', (child) => child.once('exit', () => times.set(test.name, performance.now() - start)));
});
t.setTimeout(0);
t.jobs = Math.min(jobs, files.length);
t.buffered = false;
t.register();
t.pipe(new Lines(times)).pipe(process.stdout);
t.plan(files.length);
for (const name of files) {
  const built = path.join(folder, name.replace(/\.ts$/, '.js'));
  // By NODE_OPTIONS tap would have every process record what it loads.
  t.spawn('env', [`NODE_OPTIONS=${options}`, process.execPath, '--enable-source-maps', built], {
    name,
    cwd: root,
    env,
    buffered: true,
    timeout: timeout * 1000,
    stdio: ['ignore', 'pipe', 'inherit'],
    at: null,
    stack: '',
  });
}
