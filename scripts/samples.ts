// `npm run check -- samples`: runs the verification code of docs/samples, in each language that this machine has, on
// requests signed by the product. A language that is not installed is named as not tried; .ci/run installs them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { isFromWasit } from '../docs/samples/verify.ts';
import { webhookCases, type WebhookCase } from '../test/support/webhook-cases.ts';

const run = promisify(execFile);
const samples = path.join(import.meta.dirname, '../docs/samples');

type Verdict = (sent: WebhookCase) => Promise<boolean>;

const LANGUAGES: Record<string, { isHere: () => Promise<boolean>; verdict: Verdict }> = {
  TypeScript: {
    isHere: async () => true,
    verdict: async ({ secret, headers, body }) => isFromWasit(secret, { ...headers }, Buffer.from(body)),
  },
  PHP: {
    isHere: () => works('php', '--version'),
    verdict: ({ secret, headers, body }) =>
      says(
        'php',
        [
          '-r',
          `require $argv[1]; $in = json_decode($argv[2], true);
           echo is_from_wasit($in['secret'], $in['headers'], stream_get_contents(STDIN)) ? 'genuine' : 'not genuine';`,
          path.join(samples, 'verify.php'),
          JSON.stringify({ secret, headers }),
        ],
        body,
      ),
  },
  Java: {
    isHere: () => works('javac', '-version'),
    verdict: async ({ secret, headers, body }) => {
      const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
      return says('java', ['-cp', await compiled(), 'Verify', secret, id, timestamp, signature], body);
    },
  },
};

let classes: Promise<string> | undefined;

/** The folder of its classes, compiled once. */
function compiled(): Promise<string> {
  return (classes ??= (async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'wasit-samples-'));
    await run('javac', ['-Xlint:all', '-Werror', '-d', folder, path.join(samples, 'Verify.java')]);
    return folder;
  })());
}

const [tried, missing]: [string[], string[]] = [[], []];
for (const [language, { isHere, verdict }] of Object.entries(LANGUAGES)) {
  if (!(await isHere())) {
    missing.push(language);
    continue;
  }
  tried.push(language);
  for (const sent of webhookCases()) {
    if ((await verdict(sent)) === sent.isGenuine) continue;
    console.error(
      `${language}: a request ${sent.isGenuine ? 'that is genuine was refused' : 'that is not genuine was taken'}: ${sent.name}`,
    );
    process.exitCode = 1;
  }
}
const notTried = missing.length === 0 ? '' : `; not tried, not installed: ${missing.join(', ')}`;
if (classes !== undefined) await rm(await classes, { recursive: true });
console.log(`tried: ${tried.join(', ')}${notTried}`);

async function works(program: string, ...args: string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}

async function says(program: string, args: string[], input: string): Promise<boolean> {
  const started = run(program, args);
  started.child.stdin?.end(input);
  const { stdout } = await started;
  return stdout.trim() === 'genuine';
}
