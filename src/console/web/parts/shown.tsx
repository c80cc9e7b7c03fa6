// Values within a text: amounts, days, moments, codes and states, each isolated in its own direction.

import { showDay, showMoment, showTime, showValue, type Amount as AmountOf } from '../words/show.ts';
import { wordFor } from '../words/fill.ts';
import { useSpeech } from '../words/words.ts';
import { Icon } from './icon.tsx';
import { useState } from 'preact/hooks';

export function Amount({ of, isBare = false }: { of: AmountOf | null | undefined; isBare?: boolean }) {
  const { language } = useSpeech();
  if (of === null || of === undefined) return <span class="none">–</span>;
  return (
    <bdi class="amount" dir="ltr">
      {showValue(of.value, language)}
      {!isBare && <span class="currency"> {of.currency}</span>}
    </bdi>
  );
}

export function Day({ of }: { of: string | null | undefined }) {
  const { language } = useSpeech();
  if (of === null || of === undefined) return <span class="none">–</span>;
  return <time dateTime={of}>{showDay(of, language)}</time>;
}

export function Moment({ of, isShort = false }: { of: string | null | undefined; isShort?: boolean }) {
  const { language } = useSpeech();
  if (of === null || of === undefined) return <span class="none">–</span>;
  return (
    <time dateTime={of} title={showMoment(of, language)}>
      {isShort ? showTime(of, language) : showMoment(of, language)}
    </time>
  );
}

/** Numbers of bills, references, ids: left to right, not broken, to be copied. */
export function Code({ of, canCopy = false }: { of: string | null | undefined; canCopy?: boolean }) {
  const { words } = useSpeech();
  const [isCopied, setCopied] = useState(false);
  if (of === null || of === undefined) return <span class="none">–</span>;
  const copy = (): void => {
    void navigator.clipboard.writeText(of).then(() => setCopied(true));
  };
  return (
    <span class="code-with">
      <bdi class="code" dir="ltr">
        {of}
      </bdi>
      {canCopy && (
        <button
          type="button"
          class="copy"
          aria-label={isCopied ? words.common.copied : words.common.copy}
          onClick={copy}
        >
          <Icon name={isCopied ? 'check' : 'copy'} size={16} />
        </button>
      )}
    </span>
  );
}

export type Tone = 'good' | 'bad' | 'wait' | 'quiet';

/** A state as a word with its tone, never by colour alone. */
export function State({
  of,
  names,
  tones,
}: {
  of: string;
  names: object;
  tones: Readonly<Record<string, Tone>>;
}) {
  return <span class={`state ${tones[of] ?? 'quiet'}`}>{wordFor(names, of)}</span>;
}
