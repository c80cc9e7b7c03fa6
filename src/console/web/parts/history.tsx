// What has happened to something: step by step, who or what it was, when, and what was said with it.

import type { ComponentChildren } from 'preact';
import { Panel } from './facts.tsx';
import { Moment } from './shown.tsx';

export interface Step {
  readonly what: ComponentChildren;
  readonly at: string;
  /** What somebody wrote. */
  readonly said: string | null | undefined;
}

export function History({ title, steps }: { title: string; steps: readonly Step[] }) {
  return (
    <Panel title={title}>
      <ul class="steps">
        {steps.map(({ what, at, said }, nth) => (
          <li key={nth}>
            <p>
              {what} · <Moment of={at} />
            </p>
            {said !== null && said !== undefined && (
              <p>
                <bdi>{said}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
