// What the service worker does with notices; worker.ts calls these two from its listeners.

/** What the server sends: kind and ids, and words that are the same for everybody. */
interface Note {
  readonly kind: string
  readonly id: string
  readonly title: string
  readonly body: string
}
/** The parts of the worker's events and surroundings that are used here. */
export interface PushEventLike {
  readonly data: { readonly json: () => unknown } | null
  readonly waitUntil: (work: Promise<unknown>) => void
}
export interface ClickEventLike {
  readonly notification: { readonly data: unknown; readonly close: () => void }
  readonly waitUntil: (work: Promise<unknown>) => void
}
interface Page {
  readonly url: string
  readonly focus: () => Promise<unknown>
  readonly navigate: (url: string) => Promise<unknown>
}
export interface WorkerSurroundings {
  readonly registration: {
    readonly showNotification: (title: string, options: Record<string, unknown>) => Promise<void>
  }
  readonly clients: {
    readonly matchAll: (options: { type: 'window'; includeUncontrolled: boolean }) => Promise<readonly Page[]>
    readonly openWindow: (url: string) => Promise<unknown>
  }
  readonly location: { readonly origin: string }
}
const worker = globalThis as unknown as WorkerSurroundings

/** Where a press leads, by kind: an address never comes out of the message. */
const places: Readonly<Record<string, string>> = {
  'sign-in.new': '/me/sign-ins',
  'address.changed': '/me/security',
  'invitation.accepted': '/me/members',
  'correction.waits': '/me/corrections',
  'automation.says': '/me/inbox',
  'danger.smoke': '/me/inbox',
  'danger.carbon-monoxide': '/me/inbox',
  'danger.gas': '/me/inbox',
  'danger.leak': '/me/inbox',
  'danger.alarm': '/me/inbox',
  'danger.duress': '/me/inbox',
  'alarm.fault': '/me/inbox',
  'alarm.tries': '/me/inbox',
  'device.silent': '/me/inbox',
  'battery.low': '/me/inbox',
  'left.open': '/me/inbox',
  'disk.full': '/me/inbox',
  'drivers.down': '/me/inbox',
  test: '/me/notifications',
}
const placeOf = (kind: unknown): string =>
  typeof kind === 'string' && Object.hasOwn(places, kind) ? (places[kind] ?? '/') : '/'

/** Shows what came. Something is shown even when it cannot be read, for browsers take the right away from who shows nothing. */
export function onPush(event: PushEventLike, { registration }: WorkerSurroundings = worker): void {
  const note = readNote(event)
  event.waitUntil(
    registration.showNotification(note?.title ?? 'Eaves', {
      ...(note === undefined ? {} : { body: note.body, tag: note.id }),
      icon: '/icon.svg',
      data: { kind: note?.kind ?? '' },
    }),
  )
}

function readNote({ data }: PushEventLike): Note | undefined {
  try {
    const note = data?.json()
    if (typeof note !== 'object' || note === null) return undefined
    const { kind, id, title, body } = note as Readonly<Record<string, unknown>>
    const isWhole = [kind, id, title, body].every((each) => typeof each === 'string')
    return isWhole
      ? { kind: String(kind), id: String(id), title: String(title), body: String(body) }
      : undefined
  } catch {
    return undefined
  }
}

/** Goes to what the notice is about, in the window of the app that is there, else in a new one. */
export function onNotificationClick(
  event: ClickEventLike,
  { clients, location }: WorkerSurroundings = worker,
): void {
  event.notification.close()
  const kind = (event.notification.data as { readonly kind?: unknown } | null)?.kind
  const url = `${location.origin}${placeOf(kind)}`
  const go = async () => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true })
    const page = pages.find((each) => each.url.startsWith(`${location.origin}/`))
    if (page === undefined) return clients.openWindow(url)
    await page.focus()
    // A page that this worker does not control cannot be led anywhere.
    return page.navigate(url).catch(() => clients.openWindow(url))
  }
  event.waitUntil(go())
}
