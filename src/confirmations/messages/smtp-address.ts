// Where e-mails are handed over: smtp://user:password@host:port, or smtps:// for TLS from the first byte. A password
// never travels in clear: with one, smtp:// insists on STARTTLS, unless ?tls=none says that nobody listens.

export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTls: boolean;
  readonly ignoreTls: boolean;
  readonly user?: string;
  readonly password?: string;
}

/** undefined: it is none. `tls`: `required`, `offered` (taken when offered) or `none`. */
export function readSmtpUrl(text: string): SmtpAddress | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  if (url.pathname.replace('/', '') !== '' || url.hash !== '') return undefined;
  const hasUser = url.username !== '';
  const tls = url.searchParams.get('tls') ?? (hasUser ? 'required' : 'offered');
  const isKnown = ['required', 'offered', 'none'].includes(tls);
  if (!isKnown || [...url.searchParams.keys()].some((name) => name !== 'tls')) return undefined;
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: !secure && tls === 'required',
    ignoreTls: !secure && tls === 'none',
    ...(hasUser && { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
  };
}
