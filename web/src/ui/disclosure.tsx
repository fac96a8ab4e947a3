import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import { Icon } from './icon.tsx'

export interface DisclosureProps {
  readonly title: ReactNode
  readonly children: ReactNode
  readonly open?: boolean
  readonly onChange?: (open: boolean) => void
}
/** More of the same subject, shown on request in its own place. */
export function Disclosure({ title, children, open, onChange }: DisclosureProps) {
  return (
    <AriaDisclosure
      {...(open === undefined ? {} : { isExpanded: open })}
      {...(onChange ? { onExpandedChange: onChange } : {})}
    >
      <Button
        slot="trigger"
        className="group/opener press flex min-h-11 w-full items-center justify-between gap-3 rounded-control text-start text-card text-accent"
      >
        <span>{title}</span>
        <Icon
          of={ChevronDown}
          size={18}
          className="shrink-0 transition-[rotate] duration-200 group-aria-expanded/opener:rotate-180"
        />
      </Button>
      <DisclosurePanel>{children}</DisclosurePanel>
    </AriaDisclosure>
  )
}
