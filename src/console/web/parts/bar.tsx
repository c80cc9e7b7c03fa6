// A length beside a figure, so that rows are compared by eye. The figure itself stands in the table.

/** `perMille` of the whole width. */
export function Bar({ perMille, tone = 'plain' }: { perMille: number; tone?: 'plain' | 'bad' }) {
  return (
    <svg class={`bar ${tone}`} viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="groove" width="1000" height="6" />
      <rect width={perMille === 0 ? 0 : Math.max(perMille, 6)} height="6" />
    </svg>
  );
}
