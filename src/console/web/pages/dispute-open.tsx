// A payer complains at the desk: which payment, why, and what he says.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { Choice, Field, TextArea } from '../parts/field.tsx';
import { go } from '../reach/address.ts';
import { call } from '../reach/call.ts';
import { useWords } from '../words/words.ts';
import type { WholeDispute } from './dispute-shape.ts';

export function OpenCase({ close, payment: first = '' }: { close: () => void; payment?: string }) {
  const { disputes } = useWords();
  const [payment, setPayment] = useState(first);
  const [reason, setReason] = useState('paid-twice');
  const [payerSaid, setPayerSaid] = useState('');
  // One case for this dialog, however often it is sent.
  const [reference] = useState(() => `CASE-${crypto.randomUUID()}`);
  const act = async () => {
    const body = { reference, payment: payment.trim(), reason, payerSaid: payerSaid.trim() };
    const answer = await call<WholeDispute>({ method: 'POST', path: '/v1/cases', body });
    if (answer.ok) go(`/console/disputes/${answer.body.disputeId}`);
    return answer;
  };
  return (
    <Ask
      title={disputes.openCase}
      verb={disputes.openCase}
      canDo={payment.trim() !== '' && payerSaid.trim() !== ''}
      act={act}
      close={close}
    >
      <p>{disputes.openCaseWhat}</p>
      <Field
        label={disputes.payment}
        hint={disputes.paymentHint}
        value={payment}
        onValue={setPayment}
        isCode
      />
      <Choice
        label={disputes.reason}
        value={reason}
        onValue={setReason}
        options={Object.entries(disputes.reasons)}
      />
      <TextArea label={disputes.payerSaid} value={payerSaid} onValue={setPayerSaid} />
    </Ask>
  );
}
