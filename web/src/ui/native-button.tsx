import type { ReactNode } from 'react'
import { buttonLook, iconButtonLook, type ButtonVariant, type IconButtonVariant } from './button-look.ts'
import { Icon, type LucideIcon } from './icon.tsx'

interface Common {
  readonly isDisabled?: boolean
  readonly onPress: () => void
}
export interface ButtonProps extends Common {
  readonly variant?: ButtonVariant
  readonly icon?: LucideIcon
  readonly full?: boolean
  readonly children: ReactNode
}
/** The button of button.tsx for what everybody loads first, the sign-in above all: the browser's own, which needs no code. */
export function Button({ variant = 'plain', icon, full, isDisabled, onPress, children }: ButtonProps) {
  return (
    <button type="button" disabled={isDisabled} onClick={onPress} className={buttonLook(variant, full)}>
      {icon && <Icon of={icon} size={18} className="shrink-0" />}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Common {
  readonly icon: LucideIcon
  /** What it does, with what it does it to. */
  readonly label: string
  readonly variant?: IconButtonVariant
}
export function IconButton({ icon, label, variant = 'quiet', isDisabled, onPress }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={isDisabled}
      onClick={onPress}
      className={iconButtonLook(variant)}
    >
      <Icon of={icon} />
    </button>
  )
}
