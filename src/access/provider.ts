// A sign-in provider, by OpenID Connect: authorization code flow with PKCE, state and nonce. What the provider is, is asked
// of it once and kept; while it does not answer, each sign-in asks again. What a sign-in under way needs goes with its browser.

import * as oidc from 'openid-client';
import { refuse, Refused } from '../kernel/errors.ts';

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back to. */
  readonly redirectUri: string;
}

/** What the answer has to fit. */
export interface UnderWay {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const TIMEOUT_SECONDS = 5;

export class Provider {
  readonly settings: ProviderSettings;
  #known: Promise<oidc.Configuration> | undefined;

  constructor(settings: ProviderSettings) {
    this.settings = settings;
  }

  /** Where to send the browser. Refuses `sign-in-provider-unavailable`. */
  async start(): Promise<{ url: URL; underWay: UnderWay }> {
    const configuration = await this.#configuration();
    const underWay = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.settings.redirectUri,
      scope: 'openid',
      state: underWay.state,
      nonce: underWay.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(underWay.verifier),
      code_challenge_method: 'S256',
    });
    return { url, underWay };
  }

  /**
   * Who came back. `query`: of the address that the provider sent the browser to. Refuses `sign-in-not-completed` (he said
   * no, or the answer is not one to this browser's question) and `sign-in-provider-unavailable`.
   */
  async finish(query: string, { state, nonce, verifier }: UnderWay): Promise<string> {
    const configuration = await this.#configuration();
    const current = new URL(this.settings.redirectUri);
    current.search = query;
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
    const tokens = await oidc
      .authorizationCodeGrant(configuration, current, { ...checks, idTokenExpected: true })
      .catch((cause: unknown) => {
        throw isAway(cause) ? away() : new Refused(refuse('sign-in-not-completed'));
      });
    const subject = tokens.claims()?.sub;
    if (subject === undefined) throw new Refused(refuse('sign-in-not-completed'));
    return subject;
  }

  async #configuration(): Promise<oidc.Configuration> {
    const known = (this.#known ??= discover(this.settings));
    return known.catch(() => {
      if (this.#known === known) this.#known = undefined;
      throw away();
    });
  }
}

function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
  const [basic, post] = [oidc.ClientSecretBasic(clientSecret), oidc.ClientSecretPost(clientSecret)];
  // What a provider takes that does not say (OpenID Connect Discovery, 3).
  const authenticate: oidc.ClientAuth = (server, ...rest) =>
    (server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']).includes('client_secret_basic')
      ? basic(server, ...rest)
      : post(server, ...rest);
  const url = new URL(issuer);
  // Of this machine, which the settings check.
  const execute = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(url, clientId, undefined, authenticate, { timeout: TIMEOUT_SECONDS, execute });
}

/** It did not answer, or with a fault of its own; everything else is an answer. */
function isAway(cause: unknown): boolean {
  if (cause instanceof oidc.ResponseBodyError) return cause.status >= 500;
  if (cause instanceof oidc.AuthorizationResponseError) return cause.error === 'temporarily_unavailable';
  if (!(cause instanceof Error)) return false;
  return (
    cause instanceof TypeError || ['TimeoutError', 'AbortError'].includes(cause.name) || isAway(cause.cause)
  );
}

function away(): Refused {
  return new Refused(refuse('sign-in-provider-unavailable'));
}
