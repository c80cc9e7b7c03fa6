// Whose is shown: only the operator's people choose; others see their own.

import { go, useAddress, withQuery } from '../reach/address.ts';
import type { Staff } from '../reach/session.ts';
import { useRead } from '../reach/use-read.ts';
import { useSpeech, type Language } from '../words/words.ts';
import { Choice } from './field.tsx';
import type { Page } from './table.tsx';

export interface BillerName {
  readonly billerCode: string;
  readonly names: Readonly<Partial<Record<Language, string>>>;
}

export function isOperator({ role }: Staff): boolean {
  return role === 'operator-admin' || role === 'support';
}

interface BillerChoiceProps {
  staff: Staff;
  /** Not all at once: the first is chosen where none is. */
  needsOne?: boolean;
}

export function BillerChoice({ staff, needsOne = false }: BillerChoiceProps) {
  const { words, language } = useSpeech();
  const { query } = useAddress();
  const read = useRead<Page<BillerName>>(isOperator(staff) ? '/v1/billers?limit=1000' : undefined);
  if (!isOperator(staff)) return null;
  const billers = (read.body?.items ?? []).map(
    ({ billerCode, names }) => [billerCode, names[language] ?? billerCode] as const,
  );
  const none = [['', needsOne ? words.common.choose : words.common.all] as const];
  return (
    <Choice
      label={words.common.biller}
      value={query.get('biller') ?? ''}
      onValue={(biller) => go(withQuery({ biller }), { replaces: true })}
      options={[...none, ...billers]}
    />
  );
}
