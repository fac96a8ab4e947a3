import { planFor, type AppFiles } from './plan.ts'
import { onNotificationClick, onPush, type ClickEventLike, type PushEventLike } from './push.ts'
import { scope, type Fetching, type Lasting, type Told } from './scope.ts'

/** Put in by the build (web/scripts/worker-files.ts). */
declare const __APP__: AppFiles
const app = __APP__
const prefix = 'eaves-app-'
const name = `${prefix}${app.version}`
const page = '/'

scope.addEventListener<Lasting & PushEventLike>('push', onPush)
scope.addEventListener<Lasting & ClickEventLike>('notificationclick', (event) =>
  onNotificationClick(event, post),
)

// A new version waits until somebody says so: the page that is open goes on with the files it began with.
scope.addEventListener<Lasting>('install', (event) => event.waitUntil(fill()))
scope.addEventListener<Lasting>('activate', (event) => event.waitUntil(begin()))
scope.addEventListener<Told>('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(scope.skipWaiting())
})
scope.addEventListener<Fetching>('fetch', (event) => {
  const { request } = event
  const plan = planFor(request, scope.location.origin, app.files)
  if (plan === 'page') event.respondWith(kept(page, request))
  else if (plan === 'kept') event.respondWith(kept(new URL(request.url).pathname, request))
  else if (plan === 'used') event.respondWith(used(request))
})

async function post(path: string, body: unknown): Promise<boolean> {
  const { ok } = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return ok
}

async function fill(): Promise<void> {
  const cache = await scope.caches.open(name)
  await cache.addAll(app.files.map((file) => new Request(file, { cache: 'no-cache', credentials: 'omit' })))
}

async function begin(): Promise<void> {
  const old = (await scope.caches.keys()).filter((each) => each.startsWith(prefix) && each !== name)
  await Promise.all(old.map((each) => scope.caches.delete(each)))
  await scope.clients.claim()
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await scope.caches.open(name)
  return (await cache.match(path)) ?? fetch(request)
}

async function used(request: Request): Promise<Response> {
  const cache = await scope.caches.open(name)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok && answer.type === 'basic') await cache.put(request, answer.clone())
  return answer
}
