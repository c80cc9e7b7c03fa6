// Asking for the end of a break: one of the ways that it may take, with what that needs. Another person decides.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { Choice, Field, TextArea } from '../parts/field.tsx';
import { call } from '../reach/call.ts';
import { wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { fieldsOf, type FieldName, type WholeBreak } from './break-shape.ts';

type Given = Readonly<Partial<Record<FieldName, string>>>;

const REASONS = ['not-authorised', 'paid-twice', 'wrong-bill', 'not-credited', 'amount', 'other'] as const;

export function Resolve({ of, close }: { of: WholeBreak; close: (isDone: boolean) => void }) {
  const { breaks, common } = useWords();
  const [way, setWay] = useState(of.mayEndBy[0] ?? '');
  const [given, setGiven] = useState<Given>(startOf(of));
  const [comment, setComment] = useState('');
  // One request for this dialog, however often it is sent.
  const [reference] = useState(() => `DESK-${crypto.randomUUID()}`);
  const fields = fieldsOf(way);
  const act = () =>
    call({
      method: 'POST',
      path: `/v1/breaks/${of.breakId}/resolutions`,
      body: {
        reference,
        resolution: way,
        content: contentOf(fields, given, of),
        ...(comment.trim() !== '' && { comment: comment.trim() }),
      },
    });
  const put = (name: FieldName) => (value: string) => setGiven({ ...given, [name]: value });
  return (
    <Ask title={breaks.resolve} verb={breaks.ask} act={act} close={close}>
      <Choice
        label={breaks.way}
        value={way}
        onValue={setWay}
        options={of.mayEndBy.map((each) => [each, wordFor(breaks.resolutions, each)] as const)}
      />
      <p class="note">{wordFor(breaks.does, way)}</p>
      {fields.map((name) =>
        name === 'reason' && way === 'dispute' ? (
          <Choice
            key={name}
            label={breaks.fields.reason}
            value={given.reason ?? REASONS[0]}
            onValue={put('reason')}
            options={REASONS.map((each) => [each, wordFor(breaks.reasons, each)] as const)}
          />
        ) : (
          <Field
            key={name}
            label={breaks.fields[name]}
            value={given[name] ?? ''}
            onValue={put(name)}
            isCode={name !== 'reason' && name !== 'words'}
          />
        ),
      )}
      <TextArea label={common.comment} value={comment} onValue={setComment} />
    </Ask>
  );
}

/** What the break itself says. */
function startOf({ billerCode, billNumber, amount, theirs }: WholeBreak): Given {
  const said = theirs?.['billNumber'];
  return {
    billerCode: billerCode ?? '',
    billNumber: billNumber ?? (typeof said === 'string' ? said : ''),
    amount: amount?.value.replace('-', '') ?? '',
    reason: '',
  };
}

function contentOf(
  fields: readonly FieldName[],
  given: Given,
  { amount }: WholeBreak,
): Record<string, unknown> {
  const filled = fields.flatMap((name): [FieldName, string][] => {
    const value = (given[name] ?? (name === 'reason' ? REASONS[0] : '')).trim();
    return value === '' ? [] : [[name, value]];
  });
  const content = new Map<string, unknown>(filled);
  if (!fields.includes('amount')) return Object.fromEntries(content);
  const bill = { billNumber: given.billNumber, amount: { value: given.amount, currency: amount?.currency } };
  return given.billNumber === '' ? {} : { bills: [bill] };
}
