// A sign-in provider of its own process: real OpenID Connect, with one client. Its page to sign in at takes `?account=` for
// who does, and `?no=1` for who will not. Told on standard output: its address.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

const [clientId = '', clientSecret = '', redirectUri = '', port = '0'] = process.argv.slice(2);
const server = createServer();
server.listen(Number(port), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['of the test'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    // Everything that is asked for is granted: what people agree to is not what is tried here.
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client?.clientId,
        accountId: context.oidc.session?.accountId,
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (!url.pathname.startsWith('/interaction/')) return void answer(request, response);
    const accountId = url.searchParams.get('account') ?? '';
    const result = url.searchParams.has('no') ? { error: 'access_denied' } : { login: { accountId } };
    return void provider.interactionFinished(request, response, result);
  });
  process.stdout.write(`${issuer}\n`);
});
process.on('disconnect', () => process.exit(0));
