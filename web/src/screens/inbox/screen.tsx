import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { NoticeKind } from '@eaves/model'
import type { InboxNotice } from '@eaves/model/api'
import { Link, useLocation } from '@tanstack/react-router'
import {
  ArchiveX,
  BatteryWarning,
  Bell,
  Bot,
  DoorOpen,
  Droplets,
  Eraser,
  FileText,
  Flame,
  HardDrive,
  Inbox as InboxIcon,
  MessageSquareWarning,
  PlugZap,
  ShieldAlert,
  Unplug,
  Users,
  WifiOff,
  Siren,
  CalendarX,
  CloudAlert,
} from 'lucide-react'
import { useEffect } from 'react'
import { useHomes } from '../../data/homes.ts'
import { useInbox, useMarkSeen } from '../../data/inbox.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../shell/title.ts'
import { Badge } from '../../ui/badge.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Name } from '../../ui/name.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { noticeName } from '../../words/later/notices.ts'
import { ago, clockTime } from '../../words/time.ts'
import { ByDay } from '../me/by-day.tsx'
import { Page } from '../me/page.tsx'
import { Asked } from './asked.tsx'
import { Opened, usePlace } from './opened.tsx'
import { aboutIn } from './place.ts'

/** What one was told in the last thirty days, by day. */
export function Screen() {
  useTitle(t`What you were told`)
  const { hash } = useLocation()
  const about = aboutIn(hash)
  return about === undefined ? (
    <Whole />
  ) : (
    <Opened about={about}>
      <Whole />
    </Opened>
  )
}

function Whole() {
  return (
    <main id="main" tabIndex={-1} className="page-gutter min-w-0 py-6 md:py-8">
      <div className="max-w-[48rem]">
        <Page title={t`What you were told`} lead={<Trans>Of the last thirty days. Only you see it.</Trans>}>
          <div>
            <LinkButton to={paths.mine('notification-rules')}>
              <Trans>What comes to your browsers, and when</Trans>
            </LinkButton>
          </div>
          <Days />
        </Page>
      </div>
    </main>
  )
}

function Days() {
  const list = useInbox()
  const { mutate: markSeen } = useMarkSeen()
  const newest = list.data?.pages[0]?.notices[0]?.at
  // What is on screen has been seen; it stays marked as new until one comes back.
  useEffect(() => {
    if (newest !== undefined) markSeen({ upTo: newest })
  }, [newest, markSeen])
  const notices = list.data?.pages.flatMap((page) => page.notices)
  return (
    <ByDay
      list={list}
      entries={notices}
      empty={
        <EmptyState icon={InboxIcon} title={t`Nothing to tell`}>
          <Trans>Dangers, low batteries, silent devices and what your automations say stand here.</Trans>
        </EmptyState>
      }
      draw={(notice) => <Told key={notice.id} notice={notice} />}
    />
  )
}

const icons: Readonly<Record<NoticeKind, LucideIcon>> = {
  'sign-in.new': ShieldAlert,
  'address.changed': ShieldAlert,
  'invitation.accepted': Users,
  'member.removed': Users,
  'access.ended': Users,
  'policy.changed': FileText,
  'staff.looked': ShieldAlert,
  'correction.waits': MessageSquareWarning,
  'automation.says': Bot,
  'danger.smoke': Flame,
  'danger.carbon-monoxide': Flame,
  'danger.gas': Flame,
  'danger.leak': Droplets,
  'danger.alarm': Siren,
  'danger.duress': Siren,
  'alarm.fault': ShieldAlert,
  'alarm.tries': ShieldAlert,
  'device.silent': WifiOff,
  'battery.low': BatteryWarning,
  'left.open': DoorOpen,
  'disk.full': HardDrive,
  'drivers.down': PlugZap,
  'automation.failed': Bot,
  'backup.failed': ArchiveX,
  'backup.overdue': ArchiveX,
  'upkeep.failed': Eraser,
  'alive.failed': Unplug,
  'calendar.failing': CalendarX,
  'prices.failing': CloudAlert,
  test: Bell,
}
const shownDevices = 6

function Told({ notice }: { readonly notice: InboxNotice }) {
  const { kind, at, devices, times, overAt, text, isSeen } = notice
  const home = useHomes().data?.find(({ id }) => id === notice.home)
  const { automation, run } = notice
  const [device] = devices.length === 1 ? devices : []
  const place = usePlace({ kind, home: notice.home, device: device?.id, automation, run })
  const warns = kind.startsWith('danger.') && overAt === undefined
  return (
    <li className="flex items-start gap-4 p-4">
      <span
        {...(warns ? { 'data-tint': 'warn' } : {})}
        className={`flex size-10 shrink-0 items-center justify-center rounded-control ${
          warns ? 'bg-tint text-tint-ink' : 'bg-surface-2 text-muted'
        }`}
      >
        <Icon of={icons[kind]} />
      </span>
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5 wrap-anywhere">
        <span className="text-card">
          {place === undefined ? (
            noticeName(kind)
          ) : (
            <Link to={place} className="underline underline-offset-2">
              {noticeName(kind)}
            </Link>
          )}
          {devices.length === 0 && times > 1 && <> ×{times}</>}
          {!isSeen && (
            <Badge>
              <Trans>New</Trans>
            </Badge>
          )}
        </span>
        {text !== undefined && <p className="text-body">{text}</p>}
        {notice.question !== undefined && <Asked question={notice.question} />}
        {home !== undefined && devices.length > 0 && (
          <ul className="flex flex-wrap gap-x-4">
            {devices.slice(0, shownDevices).map(({ id, name }) => (
              <li key={id}>
                <Link
                  to={paths.device(home.id, id)}
                  className="inline-flex min-h-11 max-w-full items-center text-accent"
                >
                  <Name of={name} />
                </Link>
              </li>
            ))}
            {devices.length > shownDevices && (
              <li className="inline-flex min-h-11 items-center text-muted">
                <Trans>and {devices.length - shownDevices} more</Trans>
              </li>
            )}
          </ul>
        )}
        {place !== undefined && kind === 'automation.failed' && (
          <Link to={place} className="inline-flex min-h-11 items-center justify-self-start text-accent">
            <Trans>See why</Trans>
          </Link>
        )}
        {home !== undefined && (
          <span className="text-state font-normal text-muted">
            <Name of={home.name} />
          </span>
        )}
        {overAt !== undefined && (
          <span className="text-state font-normal text-muted">
            <Trans>All well again {ago(overAt)}</Trans>
          </span>
        )}
      </div>
      <time dateTime={at} className="tabular shrink-0 pt-0.5 text-state text-muted">
        {clockTime(Date.parse(at))}
      </time>
    </li>
  )
}
