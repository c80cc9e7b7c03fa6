// What the technician enters.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface EntryProps {
  label: string;
  hint?: string;
  value: string;
  onValue: (value: string) => void;
  isSecret?: boolean;
}

export function Entry({ label, hint, value, onValue, isSecret = false }: EntryProps) {
  const id = useId();
  // The attributes of each type are another union member, which the compiler does not choose by a variable.
  const typed = { type: isSecret ? 'password' : 'text' } as JSX.IntrinsicElements['input'];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...typed}
        id={id}
        class="entry code"
        dir="ltr"
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface PickProps<Value extends string> {
  label: string;
  value: Value;
  onValue: (value: Value) => void;
  options: readonly (readonly [value: Value, name: string])[];
}

export function Pick<Value extends string>({ label, value, onValue, options }: PickProps<Value>) {
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="either">
        {options.map(([each, name]) => (
          <button key={each} type="button" aria-pressed={each === value} onClick={() => onValue(each)}>
            {name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
