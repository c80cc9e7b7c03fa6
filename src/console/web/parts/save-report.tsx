// A report as a file, in the language of who reads.

import { pathWith } from '../reach/address.ts';
import { useSpeech } from '../words/words.ts';
import { Icon } from './icon.tsx';

/** `path`: as the page reads it, with what it asks. */
export function SaveReport({ path, format }: { path: string; format: 'xlsx' | 'pdf' }) {
  const { words, language } = useSpeech();
  return (
    <a class="button plain" href={pathWith(path, { format, language })} download>
      <Icon name="download" size={18} />
      {words.reports.formats[format]}
    </a>
  );
}
