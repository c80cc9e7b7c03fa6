// Who is signed in, and for whom; the language, light or dark, and the way out.

import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { signOut, type Staff } from '../reach/session.ts';
import { wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { Languages } from './languages.tsx';
import { isDark, wearScheme } from './scheme.ts';

export function Person({ staff }: { staff: Staff }) {
  const { common, roles } = useWords();
  const of = staff.billerCode ?? staff.channelCode;
  return (
    <div class="person">
      <Languages />
      <SchemeSwitch />
      <p class="who">
        <bdi>{staff.name}</bdi>
        <span>
          {wordFor(roles, staff.role)}
          {of !== undefined && (
            <>
              {' · '}
              <bdi dir="ltr">{of}</bdi>
            </>
          )}
        </span>
      </p>
      <Button kind="quiet" onClick={() => void signOut()}>
        {common.signOut}
      </Button>
    </div>
  );
}

export function SchemeSwitch() {
  const { common } = useWords();
  const [dark, setDark] = useState(isDark);
  const turn = (): void => {
    wearScheme(dark ? 'light' : 'dark');
    setDark(!dark);
  };
  return (
    <button type="button" class="scheme" aria-label={dark ? common.light : common.dark} onClick={turn}>
      <Icon name={dark ? 'sun' : 'moon'} />
    </button>
  );
}
