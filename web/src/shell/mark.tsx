/** Our mark: a light under the eaves. */
export function Mark({ size = 32 }: { readonly size?: number }) {
  return (
    <svg aria-hidden viewBox="0 0 64 64" width={size} height={size} className="shrink-0">
      <rect width="64" height="64" rx="15" fill="var(--accent)" />
      <path
        d="M10 35 32 16l22 19"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="32" cy="41" r="7" fill="var(--on-accent)" />
    </svg>
  )
}
