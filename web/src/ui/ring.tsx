import type { ReactNode } from 'react'

/** The thin ring around an icon while a device has not answered yet. */
export function Ring({ show, children }: { readonly show: boolean; readonly children: ReactNode }) {
  return (
    <span className="relative inline-flex">
      {children}
      {show && (
        <svg
          aria-hidden
          viewBox="0 0 40 40"
          className="fade-in pointer-events-none absolute -inset-1.5 -rotate-90"
        >
          <circle
            cx="20"
            cy="20"
            r="18.5"
            fill="none"
            stroke="currentColor"
            strokeOpacity="0.2"
            strokeWidth="1.75"
          />
          <circle
            cx="20"
            cy="20"
            r="18.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.75"
            strokeLinecap="round"
            pathLength={100}
            strokeDasharray="100"
            className="ring-fill"
          />
        </svg>
      )}
    </span>
  )
}
