// Amounts, days, names and codes as a payer reads them, each isolated in its own direction.

import type { ComponentChildren } from 'preact';
import type { MoneyText } from '../../../kernel/money.ts';
import { showDay, showMoment, showValue } from '../words/show.ts';
import type { Language } from '../words/words.ts';
import type { Problem } from '../reach/call.ts';
import { Icon } from '../parts/icon.tsx';
import { useSpeech } from './speech.ts';

export function amountText({ value, currency }: MoneyText, language: Language): string {
  return `${showValue(value, language)} ${currency}`;
}

export function Amount({ of }: { of: MoneyText }) {
  const { language } = useSpeech();
  return (
    <bdi class="amount" dir="ltr">
      {showValue(of.value, language)} <span class="currency">{of.currency}</span>
    </bdi>
  );
}

export function Day({ of }: { of: string }) {
  const { language } = useSpeech();
  return <time dateTime={of}>{showDay(of, language)}</time>;
}

export function Moment({ of }: { of: string }) {
  const { language } = useSpeech();
  return <time dateTime={of}>{showMoment(of, language)}</time>;
}

export function Code({ of }: { of: string }) {
  return (
    <bdi class="code" dir="ltr">
      {of}
    </bdi>
  );
}

export function Lines({ of }: { of: readonly (readonly [string, ComponentChildren] | false | undefined)[] }) {
  return (
    <dl class="lines">
      {of.map(
        (line) =>
          line && (
            <div key={line[0]}>
              <dt>{line[0]}</dt>
              <dd>{line[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

export function Told({ tone = 'wait', children }: { tone?: 'wait' | 'bad'; children: ComponentChildren }) {
  return (
    <div class={`told ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name="alert" size={32} />
      <div>{children}</div>
    </div>
  );
}

/** The API's own words on what it refused; a dead line is told in ours. */
export function ToldProblem({ problem, missing }: { problem: Problem; missing?: string }) {
  const { words } = useSpeech();
  if (problem.code === 'no-answer') return <Told tone="bad">{words.noLine}</Told>;
  if (problem.status === 404 && missing !== undefined) return <Told tone="bad">{missing}</Told>;
  return (
    <Told tone="bad">
      <strong>{problem.title}</strong>
      {problem.detail !== undefined && <p>{problem.detail}</p>}
    </Told>
  );
}
