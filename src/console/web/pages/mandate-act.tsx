// The agency's decision on a mandate that the payer's bank has validated.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { TextArea } from '../parts/field.tsx';
import { call } from '../reach/call.ts';
import { useWords } from '../words/words.ts';
import type { WholeMandate } from './mandate-shape.ts';

export type MandateAct = 'accept' | 'reject' | 'return';

interface ActProps {
  of: WholeMandate;
  act: MandateAct;
  close: (isDone: boolean) => void;
}

export function ActOnMandate({ of, act, close }: ActProps) {
  const { mandates, common } = useWords();
  const [comment, setComment] = useState('');
  const said = comment.trim();
  const body = { decision: act, ...(said !== '' && { comment: said }) };
  return (
    <Ask
      title={mandates.acts[act]}
      verb={mandates.acts[act]}
      isDangerous={act === 'reject'}
      canDo={act === 'accept' || said !== ''}
      act={() => call({ method: 'POST', path: `/v1/mandates/${of.mandateId}/decision`, body })}
      close={close}
    >
      <p>{mandates.does[act]}</p>
      <TextArea label={common.comment} value={comment} onValue={setComment} />
    </Ask>
  );
}
