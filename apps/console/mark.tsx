/** A plant's roof line and the light above it. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 14V6.5l4 2.6V6.5l4 2.6V2h2.4l.6 12z" />
      <circle cx="12.6" cy="4.2" r="2.6" />
    </svg>
  );
}
