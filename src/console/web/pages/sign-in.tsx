// Signing in: the gate before all pages, in the language that is chosen here.

import { useEffect } from 'preact/hooks';
import { Languages } from '../frame/languages.tsx';
import { SchemeSwitch } from '../frame/person.tsx';
import { Mark } from '../parts/mark.tsx';
import { useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import type { SignInWays } from '../reach/session.ts';
import { fill } from '../words/fill.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const { signIn, common } = useWords();
  const { path, query } = useAddress();
  const ways = useRead<SignInWays>('/v1/sign-in');
  useEffect(() => {
    document.title = `${signIn.title} · ${common.product}`;
  }, [signIn, common]);
  const oidc = ways.body?.oidc ?? undefined;
  const refused = query.get('problem');
  const kept = new URLSearchParams(query);
  kept.delete('problem');
  const back = `${path}${kept.size > 0 ? `?${kept.toString()}` : ''}`;
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
          {refused !== null && <ProviderRefused code={refused} />}
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

/** The provider's sign-in ended without a session; the page of the problem says why. */
function ProviderRefused({ code }: { code: string }) {
  const { words, language } = useSpeech();
  return (
    <p class="note bad" role="alert">
      <a href={`/problems/${encodeURIComponent(code)}?lang=${language}`}>{words.signIn.providerRefused}</a>
    </p>
  );
}
