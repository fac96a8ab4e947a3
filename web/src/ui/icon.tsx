import type { LucideIcon } from 'lucide-react'

export type { LucideIcon }
export interface IconProps {
  readonly of: LucideIcon
  /** Pixels; 20 in text and buttons, 28 on cards. */
  readonly size?: number
  readonly className?: string
}
/** An icon is never the only bearer of meaning, so it is hidden from screen readers. */
export function Icon({ of: Shape, size = 20, className }: IconProps) {
  return (
    <Shape
      aria-hidden
      width={size}
      height={size}
      strokeWidth={size >= 28 ? 1.75 : 2}
      className={className ?? ''}
    />
  )
}
