// The state of the books for a terminal: a line for each invariant, and what breaks it below.

import type { InvariantReport } from './books.ts';

export function tellBooks(reports: readonly InvariantReport[], seconds: number): string {
  const width = Math.max(0, ...reports.map(({ invariant }) => invariant.length));
  const lines = reports.flatMap(({ invariant, says, looked, findings }) => [
    `${findings.length === 0 ? 'ok    ' : 'BROKEN'}  ${invariant.padEnd(width)}  ${looked.toLocaleString('en')} looked at`,
    ...(findings.length === 0 ? [] : [`        must hold: ${says}`]),
    ...findings.map(({ biller, count, examples }) => {
      const more = count > examples.length ? ', …' : '';
      return `        ${biller === null ? '' : `${biller}: `}${count.toLocaleString('en')} (${examples.join('; ')}${more})`;
    }),
  ]);
  const broken = reports.filter(({ findings }) => findings.length > 0).length;
  const verdict = broken === 0 ? 'The books hold' : `${broken} of ${reports.length} invariants are broken`;
  return [...lines, `${verdict} (${seconds.toFixed(1)} s).`].join('\n');
}
