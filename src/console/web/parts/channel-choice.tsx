// Whose channel is shown: only the operator's people choose; a channel's people see their own.

import { go, useAddress, withQuery } from '../reach/address.ts';
import type { Staff } from '../reach/session.ts';
import { useRead } from '../reach/use-read.ts';
import { useSpeech, type Language } from '../words/words.ts';
import { isOperator } from './biller-choice.tsx';
import { Choice } from './field.tsx';
import type { Page } from './table.tsx';

interface ChannelName {
  readonly code: string;
  readonly name: Readonly<Partial<Record<Language, string>>>;
}

export function ChannelChoice({ staff }: { staff: Staff }) {
  const { words, language } = useSpeech();
  const { query } = useAddress();
  const read = useRead<Page<ChannelName>>(isOperator(staff) ? '/v1/channels' : undefined);
  if (!isOperator(staff)) return null;
  const channels = (read.body?.items ?? []).map(({ code, name }) => [code, name[language] ?? code] as const);
  return (
    <Choice
      label={words.days.channel}
      value={query.get('channel') ?? ''}
      onValue={(channel) => go(withQuery({ channel }), { replaces: true })}
      options={[['', words.common.all], ...channels]}
    />
  );
}
