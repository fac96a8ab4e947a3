import { plural, t } from '@lingui/core/macro'
import { Link } from '@tanstack/react-router'
import { Bell as BellIcon } from 'lucide-react'
import { useUnread } from '../../data/inbox.ts'
import { paths } from '../../paths.ts'
import { iconButtonLook } from '../../ui/button-look.ts'
import { Icon } from '../../ui/icon.tsx'

/** The way to what one was told, with how much of it is new. */
export function Bell() {
  const unread = useUnread().data?.unread ?? 0
  const shown = unread > 99 ? '99+' : String(unread)
  return (
    <Link
      to={paths.mine('inbox')}
      aria-label={
        unread === 0
          ? t`What you were told`
          : plural(unread, { one: 'What you were told: # new', other: 'What you were told: # new' })
      }
      className={`${iconButtonLook('quiet')} relative`}
    >
      <Icon of={BellIcon} />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute -end-0.5 -top-0.5 min-w-5 rounded-pill bg-accent px-1 text-center text-caption text-on-accent"
        >
          {shown}
        </span>
      )}
    </Link>
  )
}
