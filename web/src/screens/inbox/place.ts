import { noticeKinds, type NoticeKind } from '@eaves/model'
import type { HomeVerb } from '@eaves/policy'
import { paths } from '../../paths.ts'

/** What a notice is about: ids, as it came with the push or stands in the inbox. */
export interface About {
  readonly kind: NoticeKind
  readonly at?: string | undefined
  readonly home?: string | undefined
  /** Where it is about one device alone. */
  readonly device?: string | undefined
  readonly automation?: string | undefined
  readonly run?: string | undefined
}
/** What the person may do in the home that it leads to. */
export interface Sight {
  /** The home of the notice if they are of it, else the one that they opened last. */
  readonly home: string | undefined
  readonly can: (verb: HomeVerb) => boolean
}
type Where = (about: About, home: string) => string | undefined

/** What somebody tells of does not need a home. */
const own: Partial<Record<NoticeKind, string>> = {
  'sign-in.new': paths.mine('sign-ins'),
  'address.changed': paths.mine('security'),
  'policy.changed': paths.documents,
  'staff.looked': paths.ofPrivacy('access'),
  'correction.waits': paths.mine('corrections'),
  'backup.failed': paths.mine('backup'),
  'backup.overdue': paths.mine('backup'),
  'alive.failed': paths.mine('watch'),
  test: paths.mine('notifications'),
}
const toDevice: Where = ({ device }, home) => device && paths.device(home, device)
const toAlarm: Where = (_about, home) => paths.alarm(home)
const toMembers: Where = (_about, home) => paths.members(home)
const toRun: Where = ({ automation, run }, home) =>
  automation && paths.automations(home, run ? `/${automation}/runs/${run}` : `/${automation}`)
const ofHome: Partial<Record<NoticeKind, readonly [HomeVerb, Where]>> = {
  'invitation.accepted': ['member.read', toMembers],
  'member.removed': ['member.read', toMembers],
  'danger.smoke': ['device.read', toDevice],
  'danger.carbon-monoxide': ['device.read', toDevice],
  'danger.gas': ['device.read', toDevice],
  'danger.leak': ['device.read', toDevice],
  'device.silent': ['device.read', toDevice],
  'battery.low': ['device.read', toDevice],
  'left.open': ['device.read', toDevice],
  'danger.alarm': ['alarm.read', toAlarm],
  'danger.duress': ['alarm.read', toAlarm],
  'alarm.fault': ['alarm.read', toAlarm],
  'alarm.tries': ['alarm.read', toAlarm],
  'automation.failed': ['automation.read', toRun],
  'automation.says': ['automation.read', toRun],
  'calendar.failing': ['automation.edit', (_about, home) => paths.automations(home)],
  'prices.failing': ['energy.edit', (_about, home) => paths.energy(home)],
  'disk.full': ['history.read', (_about, home) => paths.space(home)],
  'drivers.down': ['connection.read', (_about, home) => paths.maintenance(home)],
}

/** The screen of what it is about, for somebody who may see it; undefined where the inbox itself says most. */
export function placeOf(about: About, { home, can }: Sight): string | undefined {
  const mine = own[about.kind]
  if (mine !== undefined) return mine
  const [verb, where] = ofHome[about.kind] ?? []
  if (verb === undefined || where === undefined || home === undefined || !can(verb)) return undefined
  // Somebody who is no longer of that home is not led into another one.
  if (about.home !== undefined && about.home !== home) return undefined
  return where(about, home) || undefined
}

const idLike = /^[a-z0-9]{1,64}$/
/** What the service worker put behind the # of the address; undefined where nothing leads anywhere. */
export function aboutIn(hash: string): About | undefined {
  const given = new URLSearchParams(hash)
  const kind = noticeKinds.find((each) => each === given.get('kind'))
  if (kind === undefined) return undefined
  const id = (name: string): string | undefined => {
    const value = given.get(name)
    return value !== null && idLike.test(value) ? value : undefined
  }
  const at = given.get('at')
  return {
    kind,
    ...(at === null || Number.isNaN(Date.parse(at)) ? {} : { at }),
    home: id('home'),
    device: id('device'),
    automation: id('automation'),
    run: id('run'),
  }
}
