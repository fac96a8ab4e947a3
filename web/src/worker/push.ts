// What the service worker does with notices; worker.ts calls these two from its listeners.

/** What the server sends: kind and ids, and words that are the same for everybody. */
interface Note {
  readonly kind: string
  readonly id: string
  readonly title: string
  readonly body: string
  /** What can be answered in the notice itself. */
  readonly ask?: { readonly question: string; readonly answers: readonly Answer[] }
}
interface Answer {
  readonly id: string
  readonly label: string
}
/** The parts of the worker's events and surroundings that are used here. */
export interface PushEventLike {
  readonly data: { readonly json: () => unknown } | null
  readonly waitUntil: (work: Promise<unknown>) => void
}
export interface ClickEventLike {
  readonly notification: { readonly data: unknown; readonly close: () => void }
  /** The button that was pressed; empty for the notice itself. */
  readonly action?: string
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
/** Sends to the server that the app came from; true when it was taken. */
export type Post = (path: string, body: unknown) => Promise<boolean>
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
  'automation.failed': '/me/inbox',
  'backup.failed': '/me/inbox',
  'backup.overdue': '/me/inbox',
  'upkeep.failed': '/me/inbox',
  'alive.failed': '/me/inbox',
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
      data: { kind: note?.kind ?? '', ...(note?.ask === undefined ? {} : { question: note.ask.question }) },
      ...(note?.ask === undefined
        ? {}
        : { actions: note.ask.answers.map(({ id, label }) => ({ action: id, title: label })) }),
    }),
  )
}

function readNote({ data }: PushEventLike): Note | undefined {
  try {
    const note = data?.json()
    if (typeof note !== 'object' || note === null) return undefined
    const { kind, id, title, body } = note as Readonly<Record<string, unknown>>
    const isWhole = [kind, id, title, body].every((each) => typeof each === 'string')
    if (!isWhole) return undefined
    const ask = readAsk(note as Readonly<Record<string, unknown>>)
    const words = { kind: String(kind), id: String(id), title: String(title), body: String(body) }
    return ask === undefined ? words : { ...words, ask }
  } catch {
    return undefined
  }
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value)
function readAsk({ question, answers }: Readonly<Record<string, unknown>>): Note['ask'] {
  if (!isId(question) || !Array.isArray(answers)) return undefined
  const known = answers.flatMap((each: Partial<Answer> | null) =>
    isId(each?.id) && typeof each.label === 'string' ? [{ id: each.id, label: each.label }] : [],
  )
  return known.length === 0 ? undefined : { question, answers: known }
}

/** Goes to what the notice is about, in the window of the app that is there, else in a new one. */
export function onNotificationClick(
  event: ClickEventLike,
  post: Post,
  { clients, location }: WorkerSurroundings = worker,
): void {
  event.notification.close()
  const { kind, question } = (event.notification.data ?? {}) as Readonly<Record<string, unknown>>
  const url = `${location.origin}${placeOf(kind)}`
  const go = async () => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true })
    const page = pages.find((each) => each.url.startsWith(`${location.origin}/`))
    if (page === undefined) return clients.openWindow(url)
    await page.focus()
    // A page that this worker does not control cannot be led anywhere.
    return page.navigate(url).catch(() => clients.openWindow(url))
  }
  const { action } = event
  if (!isId(question) || !isId(action)) return event.waitUntil(go())
  // Where the answer does not count any more, or nobody is signed in, the app says so.
  const answer = async () => {
    if (!(await post(`/api/me/inbox/questions/${question}/answer`, { answer: action }))) await go()
  }
  event.waitUntil(answer().catch(go))
}
