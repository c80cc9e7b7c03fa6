// A button that says when it is at work, so that nobody presses it twice.

import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends Omit<JSX.IntrinsicElements['button'], 'icon'> {
  kind?: 'main' | 'plain' | 'danger' | 'quiet';
  icon?: IconName;
  isBusy?: boolean;
  children?: ComponentChildren;
}

export function Button({
  kind = 'plain',
  icon,
  isBusy = false,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      class={`button ${kind}`}
      aria-busy={isBusy}
      disabled={rest.disabled === true || isBusy}
    >
      {isBusy ? <span class="turning" aria-hidden="true" /> : icon && <Icon name={icon} size={18} />}
      {children}
    </button>
  );
}
