// One's second factor: shown to an authenticator as a QR code, in force with its first code; then the recovery codes, once.

import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Panel } from '../parts/facts.tsx';
import { Field } from '../parts/field.tsx';
import { Loaded, Refusal } from '../parts/loaded.tsx';
import { Qr } from '../parts/qr.tsx';
import { Code } from '../parts/shown.tsx';
import { call, type Problem } from '../reach/call.ts';
import { useRead } from '../reach/use-read.ts';
import { fill } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import type { Enrolment, FactorState } from './you-shape.ts';

const PATH = '/v1/sessions/current/second-factor';

export function SecondFactor() {
  const { you } = useWords();
  const read = useRead<FactorState>(PATH);
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes !== undefined)
    return (
      <RecoveryCodes
        codes={codes}
        close={() => {
          setCodes(undefined);
          read.again();
        }}
      />
    );
  return (
    <Panel title={you.factor}>
      <Loaded read={read}>
        {(state) => (state.active ? <Active of={state} /> : <Enrol of={state} keep={setCodes} />)}
      </Loaded>
    </Panel>
  );
}

function Active({ of }: { of: FactorState }) {
  const { words, language } = useSpeech();
  return (
    <>
      <p>
        <span class="state good">{words.you.active}</span>
      </p>
      <p class="hint">
        {fill(words.you.codesLeft, { count: showCount(of.recoveryCodesLeft, language) })} {words.you.remove}
      </p>
    </>
  );
}

interface EnrolProps {
  of: FactorState;
  keep: (codes: readonly string[]) => void;
}

function Enrol({ of, keep }: EnrolProps) {
  const { you } = useWords();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const begin = async (): Promise<void> => {
    setBusy(true);
    const answer = await call<Enrolment>({ method: 'POST', path: PATH });
    setBusy(false);
    if (answer.ok) setEnrolment(answer.body);
    else setProblem(answer.problem);
  };
  if (enrolment !== undefined) return <Prove of={enrolment} keep={keep} />;
  return (
    <>
      <p>
        <span class={of.required ? 'state bad' : 'state quiet'}>
          {of.required ? you.needed : you.inactive}
        </span>
      </p>
      <p class="hint">{you.factorWhy}</p>
      <Refusal problem={problem} />
      <Button kind="main" icon="key" isBusy={isBusy} onClick={() => void begin()}>
        {you.enrol}
      </Button>
    </>
  );
}

function Prove({ of, keep }: { of: Enrolment; keep: EnrolProps['keep'] }) {
  const { you } = useWords();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const prove = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const path = `${PATH}/confirmation`;
    const answer = await call<{ recoveryCodes: string[] }>({ method: 'POST', path, body: { code } });
    setBusy(false);
    if (answer.ok) keep(answer.body.recoveryCodes);
    else setProblem(answer.problem);
  };
  return (
    <form class="enrol" onSubmit={(event) => void prove(event)}>
      <p>{you.scan}</p>
      <Qr of={of.uri} label={you.qr} />
      <p class="hint">
        {you.orType} <Code of={of.secret} canCopy />
      </p>
      <Field
        label={you.firstCode}
        value={code}
        onValue={(value) => setCode(value.trim())}
        isCode
        autocomplete="one-time-code"
        autofocus
        required
      />
      <p class="hint">{you.endsOthers}</p>
      <Refusal problem={problem} />
      <div>
        <Button type="submit" kind="main" isBusy={isBusy} disabled={code.length < 6}>
          {you.confirm}
        </Button>
      </div>
    </form>
  );
}

function RecoveryCodes({ codes, close }: { codes: readonly string[]; close: () => void }) {
  const { you } = useWords();
  return (
    <section class="panel print-alone">
      <header>
        <h2>{you.codes}</h2>
      </header>
      <p>{you.codesWhat}</p>
      <ol class="recovery">
        {codes.map((code) => (
          <li key={code}>
            <bdi class="code" dir="ltr">
              {code}
            </bdi>
          </li>
        ))}
      </ol>
      <div class="actions">
        <Button icon="print" onClick={() => print()}>
          {you.print}
        </Button>
        <Button kind="main" onClick={close}>
          {you.kept}
        </Button>
      </div>
    </section>
  );
}
