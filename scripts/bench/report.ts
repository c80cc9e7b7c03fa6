// What a benchmark found: its table on the terminal, its JSON in docs/benchmarks/, and docs/benchmarks.md put
// together from all of those. A run with wrong answers has no figure: its rows say so and the program fails.

import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './drive.ts';
import { ask, type BenchServer } from './server.ts';

const folder = fileURLToPath(new URL('../../docs/benchmarks/', import.meta.url));
const page = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const loadBefore = (os.loadavg()[0] ?? 0).toFixed(2);

export interface Row {
  readonly what: string;
  /** Empty: told for information, nothing is asked of it. */
  readonly mustReach: string;
  readonly measured: string;
  readonly isMet?: boolean;
}

export interface Findings {
  readonly title: string;
  readonly rows: readonly Row[];
  /** How it was taken, and what belongs beside the figures. */
  readonly notes: readonly string[];
  /** All answers that were counted, and the wrong ones among them. */
  readonly answers: number;
  readonly failed: number;
  readonly firstFailure?: string | undefined;
  /** What the check of the books said. */
  readonly books: string;
  /** Every single measurement, for whoever wants to compute for himself. */
  readonly measurements: unknown;
}

interface Report extends Findings {
  readonly name: string;
  readonly command: string;
  readonly takenAt: string;
  readonly seconds: number;
  readonly machine: Record<string, string>;
  readonly versions: Record<string, string>;
  readonly durability: Record<string, string>;
}

/** `isMet` for a figure that must be at least (or, `atMost`, at most) so much. */
export function ratioRow(
  what: string,
  ratio: number,
  must: { atLeast: number } | { atMost: number },
  detail: string,
): Row {
  const [sign, limit] = 'atLeast' in must ? ['≥', must.atLeast] : ['≤', must.atMost];
  const isMet = 'atLeast' in must ? ratio >= limit : ratio <= limit;
  return { what, mustReach: `${sign} ${limit} ×`, measured: `${ratio.toFixed(2)} × (${detail})`, isMet };
}

/** The median of the rounds as it is written in a report. */
export function perSecond(rates: readonly number[]): string {
  return `${Math.round(median(rates)).toLocaleString('en')}/s`;
}

/** Durability settings as the server itself states them. */
export async function readDurability(server: Pick<BenchServer, 'url'>): Promise<Record<string, string>> {
  const rows = await ask(
    server.url,
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method',
       'shared_buffers', 'max_wal_size', 'wal_level', 'server_version') order by name`,
  );
  return Object.fromEntries(rows.map((row) => [String(row['name']), String(row['setting'])]));
}

/** False when a figure was missed or there is none. */
export async function report(
  name: string,
  findings: Findings,
  startedAt: number,
  durability: Record<string, string>,
): Promise<boolean> {
  const rows =
    findings.failed === 0
      ? findings.rows
      : findings.rows.map((row) => ({
          ...row,
          measured: `no figure: ${findings.failed} wrong answers`,
          isMet: false,
        }));
  const full: Report = {
    name,
    ...findings,
    rows,
    command: `npm run bench ${name}`,
    takenAt: new Date().toISOString(),
    seconds: Math.round((performance.now() - startedAt) / 1000),
    machine: await machine(),
    versions: versions(durability['server_version']),
    durability,
  };
  printTable(full);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(`${folder}${name}.json`, `${JSON.stringify(full, null, 2)}\n`);
  await writePage();
  return rows.every((row) => row.isMet !== false);
}

function printTable({ title, rows, answers, failed, firstFailure, books }: Report): void {
  const lines = [['what', 'must reach', 'measured', ''], ...rows.map(cells)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const line of lines)
    console.log(
      `  ${line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
  console.log(`  ${answers} answers, ${failed} wrong; books: ${books}`);
  if (firstFailure !== undefined) console.log(`  the first wrong answer:\n${firstFailure}`);
}

function cells({ what, mustReach, measured, isMet }: Row): string[] {
  return [what, mustReach, measured, isMet === undefined ? '' : isMet ? 'met' : 'MISSED'];
}

async function machine(): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)('df', ['-T', os.tmpdir()]);
  const disk = stdout.trim().split('\n').at(-1)?.split(/\s+/) ?? [];
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: String(os.cpus().length),
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    kernel: `${os.type()} ${os.release()}`,
    // Taken when the program was read, before anything of ours ran: the work of others falsifies a figure.
    'load average before': loadBefore,
    'file system of the data': `${disk[1] ?? 'unknown'} on ${disk[0] ?? 'unknown'}`,
  };
}

function versions(server: string | undefined): Record<string, string> {
  const require = createRequire(import.meta.url);
  const of = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;
  return { node: process.version, PostgreSQL: server ?? 'unknown', fastify: of('fastify'), pg: of('pg') };
}

async function writePage(): Promise<void> {
  const files = (await fs.readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const reports = await Promise.all(
    files.map(async (file) => JSON.parse(await fs.readFile(folder + file, 'utf8')) as Report),
  );
  const intro = `# Benchmarks

Ratios, taken side by side in one run on one machine: subject and yardstick take turns for several rounds, and the
median of the rounds' ratios is quoted. The load generator is a process of its own on the same machine. Every answer
is counted and looked at; at the end of each run the books are checked by SQL, and a run with a wrong answer or with
books that do not hold has no figure. \`npm run bench [name…]\` repeats them and writes this page.
`;
  await fs.writeFile(page, `${intro}\n${reports.map(section).join('\n')}`);
}

function section(report: Report): string {
  const table = report.rows.map((row) => `| ${cells(row).join(' | ')} |`).join('\n');
  const list = (values: Record<string, string>): string =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  return `## ${report.title}

| what | must reach | measured | |
| --- | --- | --- | --- |
${table}

${report.notes.map((note) => `- ${note}\n`).join('')}- Answers: ${report.answers}, wrong ${report.failed}. Books: ${report.books}.
- Machine: ${list(report.machine)}. Versions: ${list(report.versions)}.
- Durability, as the server states it: ${list(report.durability)}.
- \`${report.command}\`, ${report.takenAt.slice(0, 10)}, ${report.seconds} s.
`;
}
