// Light or dark: as the machine says, or as chosen here.

export type Scheme = 'light' | 'dark' | 'machine';

const KEPT_AS = 'wasit-scheme';

export function keptScheme(): Scheme {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === 'light' || kept === 'dark' ? kept : 'machine';
}

export function wearScheme(scheme: Scheme): void {
  if (scheme === 'machine') document.documentElement.removeAttribute('data-scheme');
  else document.documentElement.setAttribute('data-scheme', scheme);
  localStorage.setItem(KEPT_AS, scheme);
}

export function isDark(): boolean {
  const kept = keptScheme();
  return kept === 'machine' ? matchMedia('(prefers-color-scheme: dark)').matches : kept === 'dark';
}
