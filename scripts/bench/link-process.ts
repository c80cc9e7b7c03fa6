// A linked agency's own system, a small process: checks the signature, thinks for BENCH_OWN_MS, says that the bill is
// open, and keeps how long each answer took it, from the first byte of the question until the answer was handed over.
// GET /report on BENCH_CONTROL_PORT tells; POST /reset begins anew. Prints `ready`.

import { createServer } from 'node:http';
import { Histogram } from './histogram.ts';
import type { LinkReport } from './link.ts';
import { isSigned, keyOf, serve } from './serve-signed.ts';
import { AMOUNT, BILLER } from './world.ts';

const key = keyOf(process.env['BENCH_SECRET'] ?? '');
const ownMs = Number(process.env['BENCH_OWN_MS']);
const dueOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
let times = new Histogram();
let wrong = 0;

createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const cameAt = performance.now();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const question = JSON.parse(body.toString('utf8')) as { billerCode: string; billNumber: string };
    const isRight = isSigned(key, request.headers, body) && question.billerCode === BILLER.code;
    if (!isRight) wrong++;
    setTimeout(() => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ bills: isRight ? [openBill(question.billNumber)] : [] }));
      times.add(Math.round((performance.now() - cameAt) * 1000));
    }, ownMs);
  });
}).listen(Number(process.env['BENCH_PORT']), '127.0.0.1');

serve(Number(process.env['BENCH_CONTROL_PORT']), (request, response) => {
  if (request.url === '/reset') times = new Histogram();
  const report: LinkReport = {
    answers: times.total,
    wrong,
    p50Ms: times.percentileMs(0.5),
    p99Ms: times.percentileMs(0.99),
  };
  response.end(JSON.stringify(report));
});
console.log('ready');
process.once('SIGTERM', () => process.exit(0));

function openBill(billNumber: string): object {
  return {
    billNumber,
    payerId: `E${billNumber.slice(1)}`,
    payerName: 'Al Noor Trading and Contracting',
    description: 'Contributions of November 2026',
    amount: { value: AMOUNT.value, currency: BILLER.currency },
    dueOn,
    version: 1,
  };
}
