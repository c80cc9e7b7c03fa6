// What may stand in a URL that Wasit calls. Asked when someone configures it and again before each call; names are
// judged only when they are connected to, since what they mean can change at any time.

import { isIP } from 'node:net';
import { addressRules, type AddressRules } from './address-rules.ts';

/** What is wrong with a URL that someone wants to configure, as the end of a sentence: "The URL …". */
export function urlFault(
  url: string,
  options: { readonly allowedNetworks: readonly string[] },
): string | undefined {
  const checked = checkedUrl(url, addressRules(options.allowedNetworks));
  return typeof checked === 'string' ? checked : undefined;
}

/** The URL, or what is wrong with it. */
export function checkedUrl(text: string, rules: AddressRules): URL | string {
  // The parser would repair these, and two readers of one text could see two hosts.
  if (/[\s\\\p{Cc}]/u.test(text)) return 'has blanks, control characters or backslashes';
  if (!URL.canParse(text)) return 'is not an absolute URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (text.includes('#')) return 'must not have a fragment (#)';
  return hostFault(url, rules) ?? url;
}

function hostFault(url: URL, rules: AddressRules): string | undefined {
  const verdicts = literalAddresses(url.hostname).map((address) => rules.judge(address));
  const isName = verdicts.length === 0;
  if (url.protocol === 'http:' && !(isName ? rules.allowsSome : verdicts.includes('allowed')))
    return 'must begin with https://: without TLS only private networks that this installation allows are called';
  if (!isName && verdicts.every((verdict) => verdict === 'refused'))
    return 'leads to a private or reserved address';
  return undefined;
}

/** The addresses that a host means without being looked up; none for a name. */
function literalAddresses(hostname: string): string[] {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0) return [host];
  return host === 'localhost' || host.endsWith('.localhost') ? ['127.0.0.1', '::1'] : [];
}
