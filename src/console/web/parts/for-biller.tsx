// What is of one agency alone: the operator's people choose one first.

import type { ComponentChildren } from 'preact';
import { useAddress } from '../reach/address.ts';
import type { Staff } from '../reach/session.ts';
import { useWords } from '../words/words.ts';
import { isOperator } from './biller-choice.tsx';
import { Blank } from './loaded.tsx';

/** `isMissing`: nothing can be read before one is chosen. */
export function useBiller(staff: Staff): { biller: string | null; isMissing: boolean } {
  const biller = useAddress().query.get('biller');
  return { biller, isMissing: isOperator(staff) && biller === null };
}

export function ForBiller({ isMissing, children }: { isMissing: boolean; children: ComponentChildren }) {
  const { common } = useWords();
  return isMissing ? <Blank icon="bank" title={common.chooseBiller} /> : <>{children}</>;
}
