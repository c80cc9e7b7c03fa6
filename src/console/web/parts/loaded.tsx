// What is read is loading, failed, forbidden, missing or there; each is drawn on purpose.

import type { ComponentChildren } from 'preact';
import { NO_ANSWER, type Problem } from '../reach/call.ts';
import type { Read } from '../reach/use-read.ts';
import { fill } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Link } from './link.tsx';
import { Code } from './shown.tsx';

export function Loaded<T>({ read, children }: { read: Read<T>; children: (body: T) => ComponentChildren }) {
  const { body, problem, again } = read;
  if (body === undefined)
    return problem === undefined ? <Loading /> : <Failed problem={problem} again={again} />;
  return (
    <>
      {problem !== undefined && <Stale again={again} />}
      {children(body)}
    </>
  );
}

export function Loading() {
  const words = useWords();
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">{words.common.loading}</span>
      <span class="bone wide" />
      <span class="bone" />
      <span class="bone narrow" />
    </div>
  );
}

/** What is shown was read before; the line is gone since. */
function Stale({ again }: { again: () => void }) {
  const { common } = useWords();
  return (
    <div class="note wait" role="status">
      <Icon name="alert" />
      <p>{common.stale}</p>
      <Button kind="quiet" onClick={again}>
        {common.again}
      </Button>
    </div>
  );
}

/** The operator requires a second factor, and this person has none yet. */
const NEEDS_FACTOR = 'second-factor-missing';

export function Failed({ problem, again }: { problem: Problem; again?: () => void }) {
  const words = useWords();
  const { common } = words;
  if (problem.code === NEEDS_FACTOR)
    return (
      <Blank icon="key" title={common.factorNeeded} text={common.factorNeededWhy}>
        <Link to="/console/you">{words.places.you}</Link>
      </Blank>
    );
  if (problem.status === 403)
    return <Blank icon="lock" title={common.forbidden} text={common.forbiddenWhy} />;
  if (problem.status === 404) return <Blank icon="search" title={common.missing} text={common.missingWhy} />;
  const isDead = problem.code === NO_ANSWER;
  return (
    <Blank
      icon="alert"
      title={isDead ? common.noAnswer : problem.title}
      text={isDead ? common.noAnswerWhy : problem.detail}
    >
      {again && <Button onClick={again}>{common.again}</Button>}
      {problem.requestId !== undefined && (
        <p class="hint">
          {common.requestId} <Code of={problem.requestId} canCopy />
        </p>
      )}
    </Blank>
  );
}

interface BlankProps {
  icon: IconName;
  title: string;
  text?: string | undefined;
  children?: ComponentChildren;
}

/** Nothing is to be shown, and why. */
export function Blank({ icon, title, text, children }: BlankProps) {
  return (
    <div class="blank">
      <Icon name={icon} size={36} />
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}

/** The answer to what somebody tried: beside the button that he pressed. */
export function Refusal({ problem }: { problem: Problem | undefined }) {
  const { common } = useWords();
  if (problem === undefined) return null;
  const isDead = problem.code === NO_ANSWER;
  const seconds = problem.retryAfterSeconds;
  return (
    <div class="note bad" role="alert">
      <Icon name="alert" />
      <div>
        <strong>{isDead ? common.noAnswer : problem.title}</strong>
        <p>{isDead ? common.noAnswerWhy : problem.detail}</p>
        {seconds !== undefined && <p>{fill(common.waitSeconds, { seconds })}</p>}
      </div>
    </div>
  );
}
