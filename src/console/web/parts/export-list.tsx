// What a list shows, all pages of it, as a CSV file for a spreadsheet: UTF-8 with its mark, formulas made harmless.

import { useState } from 'preact/hooks';
import { pathWith } from '../reach/address.ts';
import { call, type Problem } from '../reach/call.ts';
import { fill } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { Button } from './button.tsx';
import { Refusal } from './loaded.tsx';
import type { Page } from './table.tsx';

interface ExportProps<Row> {
  /** As the list is read, with its filters. */
  readonly path: string;
  readonly fileName: string;
  readonly columns: readonly (readonly [name: string, value: (row: Row) => string | null | undefined])[];
}

/** More are for the reports of the day. */
const MOST_ROWS = 50_000;

export function ExportList<Row>({ path, fileName, columns }: ExportProps<Row>) {
  const { common } = useWords();
  const [count, setCount] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const write = async (): Promise<void> => {
    setProblem(undefined);
    const lines = [columns.map(([name]) => cell(name))];
    let after: string | null | undefined = undefined;
    do {
      setCount(lines.length - 1);
      const answer: Awaited<ReturnType<typeof call<Page<Row>>>> = await call<Page<Row>>({
        path: pathWith(path, { after }),
      });
      if (!answer.ok) {
        setCount(undefined);
        setProblem(answer.problem);
        return;
      }
      for (const row of answer.body.items) lines.push(columns.map(([, value]) => cell(value(row))));
      after = answer.body.next;
    } while (after !== null && after !== undefined && lines.length <= MOST_ROWS);
    setCount(undefined);
    save(fileName, `\ufeff${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`);
  };
  return (
    <>
      <Button kind="quiet" icon="download" isBusy={count !== undefined} onClick={() => void write()}>
        {count === undefined ? common.export : fill(common.exporting, { count })}
      </Button>
      <Refusal problem={problem} />
    </>
  );
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string | null | undefined): string {
  const text = value ?? '';
  const harmless = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
