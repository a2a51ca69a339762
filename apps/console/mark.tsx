/** A plant's roof line and the light above it. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 14.5V7.5l4 2.7V7.5l4 2.7V8h6v6.5z" />
      <circle cx="12" cy="4" r="2.6" />
    </svg>
  );
}
