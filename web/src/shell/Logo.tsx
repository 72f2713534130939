/** The mark: one name, two children, and the cut between them and their parent. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 32 32"
      width={size}
      height={size}
      fill="none"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M16 8 8 22M16 8l8 14" stroke="#8fb3bd" />
      <path d="M4 17.7 28 12.3" stroke="#f2b35d" strokeDasharray="2.4 3" />
      <circle cx="16" cy="8" r="3" fill="#e8f1f3" />
      <circle cx="8" cy="23" r="3" fill="#5fc3d6" />
      <circle cx="24" cy="23" r="3" fill="#5fc3d6" />
    </svg>
  );
}
