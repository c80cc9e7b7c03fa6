// The root of the command line: runs one command and ends.

import { run } from './cli.ts';

await run(process.argv.slice(2));
