// A field with its label, its hint and what is wrong with it, tied together for those who hear the page.

import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  fault?: string | undefined;
  /** Of numbers, codes and addresses: written from left to right in every language. */
  isCode?: boolean;
  type?: 'text' | 'password' | 'date' | 'month' | 'search';
  autocomplete?: string;
  autofocus?: boolean;
  required?: boolean;
}

export function Field({
  label,
  value,
  onValue,
  hint,
  fault,
  isCode = false,
  type = 'text',
  ...rest
}: FieldProps) {
  const id = useId();
  const told = fault ?? hint;
  // The attributes of each type are another union member, which the compiler does not choose by a variable.
  const typed = { type } as JSX.IntrinsicElements['input'];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...rest}
        {...typed}
        id={id}
        value={value}
        dir={isCode ? 'ltr' : 'auto'}
        class={isCode ? 'code' : ''}
        aria-invalid={fault !== undefined}
        aria-describedby={told === undefined ? undefined : `${id}-told`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {told !== undefined && (
        <p id={`${id}-told`} class={fault === undefined ? 'hint' : 'fault'}>
          {told}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly (readonly [value: string, label: string])[];
}

export function Choice({ label, value, onValue, options }: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([code, name]) => (
          <option key={code} value={code} selected={code === value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

export function TextArea({
  label,
  value,
  onValue,
  hint,
}: Pick<FieldProps, 'label' | 'value' | 'onValue' | 'hint'>): ComponentChildren {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        dir="auto"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-describedby={hint === undefined ? undefined : `${id}-told`}
      />
      {hint !== undefined && (
        <p id={`${id}-told`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
