import { useEffect, useState, type ReactNode, type Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components/Button'
import { buttonLook, iconButtonLook, type ButtonVariant, type IconButtonVariant } from './button-look.ts'
import { Icon, type LucideIcon } from './icon.tsx'
import { pressedOnce } from './pressed-once.ts'

export interface ButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  readonly variant?: ButtonVariant
  readonly icon?: LucideIcon
  readonly full?: boolean
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/** A verb. At least 44 px high. Two quick taps on it are one. */
export function Button({ variant = 'plain', icon, full, children, ref, onPress, ...props }: ButtonProps) {
  const [once] = useState(pressedOnce)
  useEffect(() => once.answered())
  return (
    <AriaButton
      {...props}
      {...(ref ? { ref } : {})}
      onPress={(event) => once.isNew(performance.now()) && onPress?.(event)}
      className={buttonLook(variant, full)}
    >
      {icon && <Icon of={icon} size={18} className="shrink-0" />}
      {children}
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  readonly icon: LucideIcon
  /** What it does, with what it does it to. */
  readonly label: string
  readonly variant?: IconButtonVariant
  readonly ref?: Ref<HTMLButtonElement>
}
export function IconButton({ icon, label, variant = 'quiet', ref, ...props }: IconButtonProps) {
  return (
    <AriaButton {...props} {...(ref ? { ref } : {})} aria-label={label} className={iconButtonLook(variant)}>
      <Icon of={icon} />
    </AriaButton>
  )
}
