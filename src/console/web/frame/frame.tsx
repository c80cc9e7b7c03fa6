// What stands around every page of who is signed in: the way to the others, who he is, and the language.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { Mark } from '../parts/mark.tsx';
import type { Staff } from '../reach/session.ts';
import { useAddress } from '../reach/address.ts';
import { useWords } from '../words/words.ts';
import type { Place } from '../place.ts';
import { Navigation } from './navigation.tsx';
import { Person } from './person.tsx';

interface FrameProps {
  staff: Staff;
  place: Place | undefined;
  children: ComponentChildren;
}

export function Frame({ staff, place, children }: FrameProps) {
  const { common, places } = useWords();
  const { path } = useAddress();
  const [isOpen, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const title = place === undefined ? common.missing : places[place.name];
  useEffect(() => {
    document.title = `${title} · ${common.product}`;
  }, [title, common.product]);
  useEffect(() => setOpen(false), [path]);
  return (
    <div class={isOpen ? 'frame open' : 'frame'}>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {common.skip}
      </a>
      <header class="top">
        <button
          type="button"
          class="menu"
          aria-expanded={isOpen}
          aria-controls="navigation"
          aria-label={common.menu}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'close' : 'menu'} />
        </button>
        <span class="mark">
          <Mark /> {common.product}
        </span>
        <Person staff={staff} />
      </header>
      <Navigation staff={staff} place={place} />
      <main id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
