// The mouth of the played acceptor: notes to put in.

import { useEffect, useState } from 'preact/hooks';
import { exponentOf } from '../../../kernel/currencies.ts';
import { formatMinor } from '../../../kernel/money.ts';
import { fill } from '../words/fill.ts';
import type { PlayedMachine } from './played-machine.ts';
import { Amount } from './shown.tsx';
import { useSpeech } from './speech.ts';

const WHOLE_NOTES = [1n, 5n, 10n, 20n, 50n, 100n, 500n, 1000n] as const;

/** Half a unit, and what has become of the smaller ones, where a currency has thousandths. */
const SMALL_NOTES = [100n, 500n] as const;

export function PlayedAcceptor({ machine, currency }: { machine: PlayedMachine; currency: string }) {
  const { words } = useSpeech();
  const [isOpen, setOpen] = useState(machine.open !== undefined);
  useEffect(() => machine.watch(() => setOpen(machine.open !== undefined)), [machine]);
  const exponent = exponentOf(currency) ?? 0;
  const unit = 10n ** BigInt(exponent);
  const notes = [...(exponent === 3 ? SMALL_NOTES : []), ...WHOLE_NOTES.map((note) => note * unit)];
  return (
    <div class="acceptor" role="group" aria-label={fill(words.notesOf, { currency })}>
      {notes.map((minor) => {
        const value = formatMinor(minor, currency);
        return (
          <button key={value} type="button" disabled={!isOpen} onClick={() => machine.insert(value)}>
            <Amount of={{ value, currency }} />
          </button>
        );
      })}
    </div>
  );
}
