// A QR code: dark on light in both schemes, for that is what cameras look for.

import { encode } from 'uqr';

export function Qr({ of, label }: { of: string; label: string }) {
  const { data, size } = encode(of, { ecc: 'M', border: 3 });
  const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect class="paper" width={size} height={size} />
      <path d={cells.join('')} />
    </svg>
  );
}
