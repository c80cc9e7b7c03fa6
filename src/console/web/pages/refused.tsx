// Instead of a page: there is none, it is not for this person, or its script does not come.

import { Head } from '../parts/head.tsx';
import { Blank } from '../parts/loaded.tsx';
import { useWords } from '../words/words.ts';

export function Refused({ why }: { why: 'missing' | 'forbidden' | 'dead' }) {
  const { common } = useWords();
  const told = {
    missing: { icon: 'search', title: common.missing, text: common.missingWhy },
    forbidden: { icon: 'lock', title: common.forbidden, text: common.forbiddenWhy },
    dead: { icon: 'alert', title: common.noAnswer, text: common.noAnswerWhy },
  } as const;
  return (
    <>
      <Head title={told[why].title} />
      <Blank {...told[why]} />
    </>
  );
}
