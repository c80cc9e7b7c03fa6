// Keys to touch. Numbers of bills have letters, amounts a point; both are written from left to right in every language.

import { Icon } from '../parts/icon.tsx';
import { useSpeech } from './speech.ts';

const ROWS = {
  digits: ['1 2 3', '4 5 6', '7 8 9', '. 0'],
  code: ['1 2 3 4 5 6 7 8 9 0', 'A B C D E F G H I J', 'K L M N O P Q R S T', 'U V W X Y Z - / . _'],
} as const;

interface KeysProps {
  of: keyof typeof ROWS;
  value: string;
  onValue: (value: string) => void;
}

export function Keys({ of, value, onValue }: KeysProps) {
  const { words } = useSpeech();
  return (
    <div class={`keys ${of}`} dir="ltr">
      {ROWS[of].flatMap((row) =>
        row.split(' ').map((key) => (
          <button key={key} type="button" onClick={() => onValue(value + key)}>
            {key}
          </button>
        )),
      )}
      <button
        type="button"
        class="erase"
        aria-label={words.erase}
        disabled={value === ''}
        onClick={() => onValue(value.slice(0, -1))}
      >
        <Icon name="close" size={28} />
      </button>
    </div>
  );
}
