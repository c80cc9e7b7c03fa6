// A link within the pages: the browser's own gestures (a new tab, a saved address) still work.

import type { ComponentChildren } from 'preact';
import { go } from '../reach/address.ts';

interface LinkProps {
  to: string;
  class?: string;
  rel?: string;
  'aria-current'?: 'page' | undefined;
  children?: ComponentChildren;
}

export function Link({ to, children, ...rest }: LinkProps) {
  const onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={to} onClick={onClick}>
      {children}
    </a>
  );
}
