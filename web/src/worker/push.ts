// What the service worker does with notices; worker.ts calls these two from its listeners.

/** What the server sends: kind and ids, and words that are the same for everybody. */
interface Note {
  readonly kind: string
  readonly id: string
  readonly title: string
  readonly body: string
  readonly about: Readonly<Record<string, string>>
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

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value)
const isKind = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z-]{1,32}(\.[a-z-]{1,32})?$/.test(value)
const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^[\dTZ:.-]{20,30}$/.test(value)

type Fields = Readonly<Record<string, unknown>>
const about = { at: isInstant, home: isId, device: isId, automation: isId, run: isId } as const
/** What a notice is about: ids, and nothing that is none. */
function aboutOf(note: Fields): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [name, isOne] of Object.entries(about)) {
    const value = note[name]
    if (isOne(value)) found[name] = value
  }
  return found
}
/** The app leads on from there, by what the person may see. An address never comes out of the message; what stands after # leaves the browser to nobody. // pp.2.2.3 */
function placeOf(data: Fields): string {
  const { kind } = data
  return isKind(kind) ? `/me/inbox#${new URLSearchParams({ kind, ...aboutOf(data) }).toString()}` : '/'
}

/** Shows what came. Something is shown even when it cannot be read, for browsers take the right away from who shows nothing. */
export function onPush(event: PushEventLike, { registration }: WorkerSurroundings = worker): void {
  const note = readNote(event)
  event.waitUntil(
    registration.showNotification(note?.title ?? 'Eaves', {
      ...(note === undefined ? {} : { body: note.body, tag: note.id }),
      icon: '/icon.svg',
      data: {
        kind: note?.kind ?? '',
        ...note?.about,
        ...(note?.ask === undefined ? {} : { question: note.ask.question }),
      },
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
    const fields = note as Fields
    const { kind, id, title, body } = fields
    const isWhole = [kind, id, title, body].every((each) => typeof each === 'string')
    if (!isWhole) return undefined
    const ask = readAsk(fields)
    const words = { kind: String(kind), id: String(id), title: String(title), body: String(body) }
    return { ...words, about: aboutOf(fields), ...(ask === undefined ? {} : { ask }) }
  } catch {
    return undefined
  }
}

function readAsk({ question, answers }: Fields): Note['ask'] {
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
  const data = (event.notification.data ?? {}) as Fields
  const { question } = data
  const url = `${location.origin}${placeOf(data)}`
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
