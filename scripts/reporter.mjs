// A tap reporter: a line for each test file, the details of failures, and at the end the slowest files and
// `N passed, N failed`.
// tap pipes the results into it and pipes it on to the terminal, so it has to be a Transform, and plain JavaScript.
import { Transform } from 'node:stream';
import { Parser } from 'tap-parser';

const detailLimit = 4000; // characters of one failure's diagnosis
const slowest = 10;

export default class Lines extends Transform {
  #parser = new Parser();
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #times;
  #files = [];

  /** `times`: what the processes of test files took, by their names; without it a file's time is that of its tests. */
  constructor(times = new Map()) {
    super({ decodeStrings: false, encoding: 'utf8' });
    this.#times = times;
    this.#watch(this.#parser, []);
    this.#parser.on('bailout', (reason) => this.#fail(['bail out'], { reason: reason || 'no reason given' }));
  }

  #watch(parser, path) {
    let summaryIsNext = false; // a subtest is followed by an assertion that sums it up
    let failedBefore = 0;
    parser.on('child', (child) => {
      summaryIsNext = true;
      failedBefore = this.#failed;
      this.#watch(child, [...path, child.name]);
    });
    parser.on('assert', (assertion) => {
      const isSummary = summaryIsNext;
      summaryIsNext = false;
      if (path.length === 0) this.#fileLine(assertion);
      // A failed summary counts only when nothing inside failed: a time-out, an error outside any assertion.
      if (isSummary && (assertion.ok || this.#failed > failedBefore)) return;
      if (assertion.skip) this.#skipped++;
      else if (assertion.ok || assertion.todo) this.#passed++;
      else this.#fail([...path, assertion.name], assertion.diag);
    });
  }

  #fileLine({ ok, name, time }) {
    const ms = Math.round(this.#times.get(name) ?? time ?? 0);
    this.#files.push({ name, ms });
    this.push(`${ok ? 'ok  ' : 'FAIL'} ${name} ${ms}ms\n`);
  }

  #slowestFiles() {
    const files = this.#files.sort((a, b) => b.ms - a.ms).slice(0, slowest);
    return files.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}\n`).join('');
  }

  #fail(path, details) {
    this.#failed++;
    this.push(`  x ${path.join(' > ')}\n`);
    if (!details) return;
    const text = JSON.stringify(details, (_, value) => (typeof value === 'bigint' ? `${value}` : value), 2);
    this.push(`${text.slice(0, detailLimit).replace(/^/gm, '    ').replaceAll('\\n', '\n      ')}\n`);
  }

  _transform(chunk, _encoding, done) {
    this.#parser.write(chunk);
    done();
  }

  _flush(done) {
    this.#parser.on('complete', () => {
      if (this.#files.length > slowest) this.push(`\nThe slowest:\n${this.#slowestFiles()}`);
      if (this.#skipped > 0) this.push(`\n${this.#skipped} skipped`);
      this.push(`\n${this.#passed} passed, ${this.#failed} failed\n`);
      done();
    });
    this.#parser.end();
  }
}
