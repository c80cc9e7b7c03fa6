// Signing in: the gate before all pages, in the language that is chosen here.

import { useEffect } from 'preact/hooks';
import { Languages } from '../frame/languages.tsx';
import { SchemeSwitch } from '../frame/person.tsx';
import { Mark } from '../parts/mark.tsx';
import { useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { fill } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { SignInForm } from './sign-in-form.tsx';

interface Ways {
  readonly oidc: { readonly name: string } | null;
}

export function SignInPage() {
  const { signIn, common } = useWords();
  const { path, query } = useAddress();
  const ways = useRead<Ways>('/v1/sign-in');
  useEffect(() => {
    document.title = `${signIn.title} · ${common.product}`;
  }, [signIn, common]);
  const oidc = ways.body?.oidc ?? undefined;
  const back = `${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
  return (
    <div class="gate">
      <header>
        <span class="mark">
          <Mark /> {common.product}
        </span>
        <Languages />
        <SchemeSwitch />
      </header>
      <main>
        <SignInForm>
          {oidc !== undefined && (
            <a class="button plain" href={`/v1/sign-in/oidc?return=${encodeURIComponent(back)}`}>
              {fill(signIn.with, { name: oidc.name })}
            </a>
          )}
        </SignInForm>
      </main>
    </div>
  );
}
