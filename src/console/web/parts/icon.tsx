// The few icons of the pages, drawn here: 24 × 24, lines of the text's colour. Those that point the way turn with it.

const SHAPES = {
  alert:
    'M12 8v5m0 3.5v.01M10.3 4.2 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0Z',
  bank: 'M3 9.5 12 4l9 5.5M4 9.5h16M5.5 10v7m4.3-7v7m4.4-7v7m4.3-7v7M3.5 20h17',
  bill: 'M6 3.5h9l4 4V20.5H6zM14.5 3.5V8H19M9 12h6.5M9 15.5h6.5',
  calendar: 'M4 6h16v14.5H4zM4 10.5h16M8.5 3.5v4m7-4v4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 7v5.2l3.4 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M8.5 8.5V4.5h11v11h-4M4.5 8.5h11v11h-11z',
  down: 'm6 9.5 6 6 6-6',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15',
  forward: 'm9.5 6 6 6-6 6',
  key: 'M15.5 13.5a5 5 0 1 0-4.6-3L4 17.4V20h3.5v-2H10v-2.5l2.4-2.4c.9.3 2 .4 3.1.4ZM16.5 8.5v.01',
  list: 'M8.5 6.5h11m-11 5.5h11m-11 5.5h11M4.5 6.5v.01m0 5.49v.01m0 5.49v.01',
  lock: 'M6 10.5h12v9.5H6zM8.5 10.5V7.8a3.5 3.5 0 0 1 7 0v2.7',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  moon: 'M20 14.2A8.3 8.3 0 0 1 9.8 4a8.3 8.3 0 1 0 10.2 10.2Z',
  pay: 'M3.5 6.5h17v11h-17zM3.5 10.5h17M7 14.5h4',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 4.3a3.5 3.5 0 0 1 0 6.4m2 4.3c1.9.8 3 2.6 3 5',
  print: 'M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6.5H7z',
  scale: 'M12 4v16m-4.5 0h9M5 7h14M5 7l-2.5 7a3 3 0 0 0 5 0zm14 0-2.5 7a3 3 0 0 0 5 0z',
  search: 'M16 16l4.5 4.5M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z',
  send: 'M4 12 20.5 4 16 20l-4.5-6.5zM11.5 13.5 20.5 4',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4',
  today: 'M4 19.5h16M6.5 16v-5m5.5 5V5m5.5 11V9',
  upload: 'M12 15V4M7.5 8.5 12 4l4.5 4.5M4.5 19.5h15',
} as const;

export type IconName = keyof typeof SHAPES;

const TURNING: ReadonlySet<IconName> = new Set(['forward', 'list', 'send']);

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      class={TURNING.has(name) ? 'icon turns' : 'icon'}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
