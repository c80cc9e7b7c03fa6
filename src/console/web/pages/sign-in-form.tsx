// Login and password, then the code of the second factor where there is one.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Refusal } from '../parts/loaded.tsx';
import type { Problem } from '../reach/call.ts';
import { signIn } from '../reach/session.ts';
import { useSpeech } from '../words/words.ts';

/** The person has a second factor: what is missing is its code. */
const NEEDS_CODE = 'second-factor-required';

export function SignInForm({ children }: { children: ComponentChildren }) {
  const { words, speak } = useSpeech();
  const [given, setGiven] = useState<Given>({ login: '', password: '' });
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await signIn(given);
    setBusy(false);
    if (answer.ok) speak(answer.body.staff.language);
    else if (answer.problem.code === NEEDS_CODE && given.code === undefined) {
      setProblem(undefined);
      setGiven({ ...given, code: '' });
    } else setProblem(answer.problem);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h1>{words.signIn.title}</h1>
      <p class="under">{words.signIn.under}</p>
      <Fields given={given} give={setGiven} />
      <Refusal problem={problem} />
      <Button type="submit" kind="main" isBusy={isBusy}>
        {words.signIn.enter}
      </Button>
      {children}
    </form>
  );
}

interface Given {
  readonly login: string;
  readonly password: string;
  /** Asked for when the password is right. */
  readonly code?: string;
}

function Fields({ given, give }: { given: Given; give: (given: Given) => void }) {
  const { signIn: words } = useSpeech().words;
  if (given.code !== undefined)
    return (
      <Field
        label={words.code}
        hint={words.codeHint}
        value={given.code}
        onValue={(code) => give({ ...given, code: code.trim() })}
        isCode
        autocomplete="one-time-code"
        autofocus
        required
      />
    );
  return (
    <>
      <Field
        label={words.login}
        value={given.login}
        onValue={(login) => give({ ...given, login: login.trim() })}
        isCode
        autocomplete="username"
        autofocus
        required
      />
      <Field
        label={words.password}
        value={given.password}
        onValue={(password) => give({ ...given, password })}
        isCode
        type="password"
        autocomplete="current-password"
        required
      />
    </>
  );
}
