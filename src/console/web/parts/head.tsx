// The head of a page.

import type { ComponentChildren } from 'preact';

interface HeadProps {
  title: ComponentChildren;
  /** A line beneath. */
  under?: ComponentChildren;
  children?: ComponentChildren;
}

/** The head of a page: its one first heading, and what can be done here. */
export function Head({ title, under, children }: HeadProps) {
  return (
    <div class="head">
      <div>
        <h1>{title}</h1>
        {under !== undefined && <p class="under">{under}</p>}
      </div>
      {children !== undefined && <div class="actions">{children}</div>}
    </div>
  );
}
