// Columns over hours, drawn by uPlot: numbers run from left to right in every language, and colours are those of the page,
// also when it turns dark. A picture only: whoever shows it shows a table of the same beside it.

import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import { showHour, showRough } from '../words/show.ts';
import { useSpeech } from '../words/words.ts';

export interface ColumnsProps {
  /** Beginnings of hours, in seconds since 1970. */
  readonly hours: readonly number[];
  readonly heights: readonly number[];
  /** Which column the pointer is on; undefined: none. */
  readonly onPoint: (nth: number | undefined) => void;
}

const HOUR = 3600;
const HEIGHT = 240;

export function ColumnsChart({ hours, heights, onPoint }: ColumnsProps) {
  const { language } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);
  const pointed = useRef(onPoint);
  pointed.current = onPoint;
  const first = useRef<UPlot.AlignedData>([[], []]);
  first.current = [[...hours], [...heights]];
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const drawn = new UPlot(
      optionsOf({ width: box.clientWidth, language, point: (nth) => pointed.current(nth) }),
      first.current,
      box,
    );
    plot.current = drawn;
    const sizes = new ResizeObserver(() => drawn.setSize({ width: box.clientWidth, height: HEIGHT }));
    sizes.observe(box);
    const stop = whenColoursChange(() => drawn.redraw(false, true));
    return () => {
      stop();
      sizes.disconnect();
      drawn.destroy();
    };
  }, [language]);
  useEffect(() => plot.current?.setData([[...hours], [...heights]]), [hours.join(), heights.join()]);
  return <div ref={place} class="chart" dir="ltr" aria-hidden="true" />;
}

interface Options {
  width: number;
  language: Parameters<typeof showRough>[1];
  point: (nth: number | undefined) => void;
}

function optionsOf({ width, language, point }: Options): UPlot.Options {
  const columns = UPlot.paths.bars;
  const axis = {
    stroke: () => colour('--ink-soft'),
    font: `12px ${colour('--font')}`,
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    scales: {
      x: { time: false, range: (_, from, until) => [from, until + HOUR] },
      y: { range: (_, __, most) => [0, most === 0 ? 1 : most * 1.08] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 32,
        space: 56,
        incrs: [1, 2, 3, 4, 6, 12, 24].map((each) => each * HOUR),
        values: (_, seconds) => seconds.map((second) => showHour(second * 1000)),
      },
      {
        ...axis,
        grid: { stroke: () => colour('--line'), width: 1 },
        size: 64,
        space: 44,
        values: (_, heights) => heights.map((height) => showRough(height, language)),
      },
    ],
    series: [
      {},
      {
        fill: () => colour('--chart-1'),
        stroke: () => colour('--chart-1'),
        width: 0,
        points: { show: false },
        ...(columns && { paths: columns({ size: [0.72, 64], align: 1, radius: 0.12 }) }),
      },
    ],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? undefined)] },
  };
}

function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function whenColoursChange(tell: () => void): () => void {
  const machine = matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(tell);
  machine.addEventListener('change', tell);
  chosen.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
  return () => {
    machine.removeEventListener('change', tell);
    chosen.disconnect();
  };
}
