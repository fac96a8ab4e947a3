// Catches a notice that is not shown, that leads to an address out of the message, or that opens a second window beside the app.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onNotificationClick, onPush, type WorkerSurroundings } from './push.ts'

const origin = 'https://eaves.lan'
function surroundings(urls: readonly string[], controlled = true, accepts = true) {
  const did: unknown[] = []
  const page = (url: string) => ({
    url,
    focus: async () => void did.push(['focus', url]),
    navigate: async (to: string) => {
      if (!controlled) throw new TypeError('not controlled')
      did.push(['navigate', to])
    },
  })
  const worker: WorkerSurroundings = {
    registration: { showNotification: async (title, options) => void did.push([title, options]) },
    clients: {
      matchAll: async () => urls.map(page),
      openWindow: async (url) => void did.push(['open', url]),
    },
    location: { origin },
  }
  const post = async (path: string, body: unknown) => {
    did.push([path, body])
    return accepts
  }
  return { did, worker, post }
}
async function pushed(data: { readonly json: () => unknown } | null): Promise<unknown[]> {
  const { did, worker } = surroundings([])
  const work: Promise<unknown>[] = []
  onPush({ data, waitUntil: (each) => work.push(each) }, worker)
  await Promise.all(work)
  return did
}
async function clicked(data: unknown, urls: readonly string[], controlled = true): Promise<unknown[]> {
  const { did, worker, post } = surroundings(urls, controlled)
  const work: Promise<unknown>[] = []
  const notification = { data, close: () => void did.push('closed') }
  onNotificationClick({ notification, waitUntil: (each) => work.push(each) }, post, worker)
  await Promise.all(work)
  return did
}

test('a notice is shown with its words, and remembers its kind and ids alone', async () => {
  const note = { kind: 'sign-in.new', id: 'a', title: '新的登录', body: '…', url: 'https://evil.example' }
  assert.deepEqual(await pushed({ json: () => note }), [
    ['新的登录', { body: '…', tag: 'a', icon: '/icon.svg', data: { kind: 'sign-in.new' } }],
  ])
  const ids = { home: 'h1', device: 'd1', automation: 'a1', run: 'r1', at: '2026-07-05T20:00:00.000Z' }
  const [about] = await pushed({ json: () => ({ ...note, ...ids, room: 'Cellar' }) })
  assert.deepEqual((about as [string, { data: unknown }])[1].data, { kind: 'sign-in.new', ...ids })
  const bad = { home: '../../x', device: 7, automation: 'https://evil.example', run: '', at: 'now?x=1' }
  const [without] = await pushed({ json: () => ({ ...note, ...bad }) })
  assert.deepEqual((without as [string, { data: unknown }])[1].data, { kind: 'sign-in.new' })
})

test('what cannot be read is shown without words, never swallowed', async () => {
  const broken = () => {
    throw new SyntaxError('no JSON')
  }
  const bad = [
    null,
    { json: broken },
    ...[null, 1, 'x', [], {}, { title: 'x' }].map((each) => ({ json: () => each })),
  ]
  for (const data of bad)
    assert.deepEqual(await pushed(data), [['Eaves', { icon: '/icon.svg', data: { kind: '' } }]])
})

test('a press leads to what the kind is about, in the window that is there', async () => {
  assert.deepEqual(await clicked({ kind: 'sign-in.new' }, ['https://other.example/', `${origin}/me`]), [
    'closed',
    ['focus', `${origin}/me`],
    ['navigate', `${origin}/me/inbox#kind=sign-in.new`],
  ])
  assert.deepEqual(await clicked({ kind: 'battery.low', home: 'h1', device: 'd1', room: 'Cellar' }, []), [
    'closed',
    ['open', `${origin}/me/inbox#kind=battery.low&home=h1&device=d1`],
  ])
  assert.deepEqual((await clicked({ kind: 'test' }, [`${origin}/`], false)).at(-1), [
    'open',
    `${origin}/me/inbox#kind=test`,
  ])
})

test('no kind leads off this origin', async () => {
  for (const kind of ['https://evil.example', '//evil.example', '__proto__', 'A.b', '.', 7, undefined])
    assert.deepEqual(await clicked({ kind }, []), ['closed', ['open', `${origin}/`]])
  for (const data of [null, undefined, 'x'])
    assert.deepEqual((await clicked(data, [])).at(-1), ['open', `${origin}/`])
})

test('a question is shown with its answers, and a press on one answers it and opens the app only where it does not count', async () => {
  const answers = [
    { id: 'yes', label: 'Ja' },
    { id: 'no', label: 'Nein' },
  ]
  const note = {
    kind: 'automation.says',
    id: 'a',
    title: 'Haus',
    body: 'Licht aus?',
    question: 'q-1',
    answers,
  }
  assert.deepEqual(await pushed({ json: () => note }), [
    [
      'Haus',
      {
        body: 'Licht aus?',
        tag: 'a',
        icon: '/icon.svg',
        data: { kind: 'automation.says', question: 'q-1' },
        actions: [
          { action: 'yes', title: 'Ja' },
          { action: 'no', title: 'Nein' },
        ],
      },
    ],
  ])
  const press = async (data: unknown, action: string, accepts = true) => {
    const { did, worker, post } = surroundings([], true, accepts)
    const work: Promise<unknown>[] = []
    const notification = { data, close: () => undefined }
    onNotificationClick({ notification, action, waitUntil: (each) => work.push(each) }, post, worker)
    await Promise.all(work)
    return did
  }
  const asked = { kind: 'automation.says', question: 'q-1' }
  const sent = ['/api/me/inbox/questions/q-1/answer', { answer: 'yes' }]
  assert.deepEqual(await press(asked, 'yes'), [sent])
  assert.deepEqual(await press(asked, 'yes', false), [
    sent,
    ['open', `${origin}/me/inbox#kind=automation.says`],
  ])
  assert.deepEqual(await press(asked, ''), [['open', `${origin}/me/inbox#kind=automation.says`]])
  for (const question of ['../../sign-ins', 'https://evil.example', 7])
    assert.deepEqual(await press({ ...asked, question }, 'yes'), [
      ['open', `${origin}/me/inbox#kind=automation.says`],
    ])
})
