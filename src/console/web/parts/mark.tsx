// The sign of Wasit.

/** Two hands and what passes between them. */
export function Mark() {
  return (
    <svg class="sign" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
      <path d="M4 9.5a12.5 12.5 0 0 1 22.6 3M28 22.5a12.5 12.5 0 0 1-22.6-3" />
      <circle cx="16" cy="16" r="3.6" />
    </svg>
  );
}
