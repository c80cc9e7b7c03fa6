// One of a few, all of them seen at once.

interface SegmentsProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly (readonly [value: string, name: string])[];
}

export function Segments({ label, value, onValue, options }: SegmentsProps) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map(([one, name]) => (
        <button key={one} type="button" aria-pressed={one === value} onClick={() => onValue(one)}>
          {name}
        </button>
      ))}
    </div>
  );
}
