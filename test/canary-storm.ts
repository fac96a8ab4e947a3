// Many homes at once on real sockets, every value a canary of its home; counts the frames and the foreign ones among them.
import assert from 'node:assert/strict'
import type { DeviceId, HomeId, SubjectId } from '@eaves/model'
import { WebSocket } from 'ws'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { openInHouse, type Furnished, type InHouse } from './in-house.ts'

interface Place {
  readonly home: HomeId
  readonly owner: SubjectId
  readonly devices: Furnished
  readonly lamp: DeviceId
  /** Words and ids that only members of this home may see, and those that its guest with one lamp may see. */
  readonly canaries: readonly string[]
  readonly shown: ReadonlySet<string>
}
interface Ear {
  readonly person: number
  socket: WebSocket | undefined
}
export interface Storm {
  readonly frames: number
  readonly homes: number
  readonly sockets: number
  readonly reconnects: number
  readonly revocations: number
  /** What somebody got that was not theirs. */
  readonly foreign: readonly string[]
}
export interface StormWish {
  readonly homes: number
  readonly rounds: number
  /** Reports of each home in a round. */
  readonly reports: number
}

/** A small generator with a seed that can be said again. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Person i owns home i and is in home i+1 a guest who sees one lamp. `leak` is told every frame before it is judged: a fault for the test of the test. */
export async function storm(wish: StormWish, seed: number, leak?: (frame: string) => string): Promise<Storm> {
  const inside = await openInHouse('sqlite', Date.now())
  const listener = await openListener(inside.house, { host: '127.0.0.1', port: 0, tls: undefined }, quietLog)
  const random = randomOf(seed)
  const foreign: string[] = []
  let [frames, reconnects, revocations] = [0, 0, 0]
  try {
    const places: Place[] = []
    for (let i = 0; i < wish.homes; i++) places.push(await settle(inside, i))
    const nextOf = (i: number) => (i + 1) % places.length
    const visit = (i: number) =>
      inside.join(places[nextOf(i)]!.home, places[i]!.owner, 'guest', {
        limits: {
          reach: 'listed',
          rules: [{ effect: 'allow', on: { device: places[nextOf(i)]!.lamp }, acts: ['see'] }],
          hours: [],
        },
      })
    for (let i = 0; i < places.length; i++) await visit(i)
    const all = new Map(places.flatMap((place, i) => place.canaries.map((word) => [word, i] as const)))
    const judge = (person: number, frame: string) => {
      frames++
      for (const [word] of frame.matchAll(/canary\d+(?:lamp|lock|house)|[a-z2-7]{26}/g)) {
        const of = all.get(word)
        if (of === undefined || of === person) continue
        if (of !== nextOf(person) || !places[of]!.shown.has(word))
          foreign.push(`${person} got ${word} of ${of}`)
      }
    }
    const connect = async (ear: Ear) => {
      const { cookie } = await inside.signIn(places[ear.person]!.owner)
      const { json } = await inside.call({ method: 'POST', path: '/api/live/tickets', cookie })
      const origin = `http://127.0.0.1:${listener.port}`
      const socket = new WebSocket(`ws://127.0.0.1:${listener.port}/api/live`, { headers: { origin } })
      ear.socket = socket
      socket.on('message', (data) => {
        const frame = (data as Buffer).toString()
        judge(ear.person, leak === undefined ? frame : leak(frame))
      })
      socket.on('error', () => undefined)
      await new Promise((resolve) => socket.once('open', resolve))
      socket.send(JSON.stringify({ type: 'hello', ticket: json.ticket }))
      for (const home of [places[ear.person]!.home, places[nextOf(ear.person)]!.home])
        socket.send(JSON.stringify({ type: 'watch', home }))
    }
    const ears: Ear[] = places.map((_place, person) => ({ person, socket: undefined }))
    await Promise.all(ears.map(connect))
    for (let round = 0; round < wish.rounds; round++) {
      const surge = ears.filter(() => random() < 0.25)
      for (const ear of surge) ear.socket?.terminate()
      reconnects += surge.length
      const out = ears.filter(() => random() < 0.1).map(({ person }) => person)
      for (const person of out)
        inside.house.homes.relations.remove(places[nextOf(person)]!.home, places[person]!.owner)
      revocations += out.length
      const back = Promise.all(surge.toSorted(() => random() - 0.5).map(connect))
      for (let report = 0; report < wish.reports; report++) {
        for (const place of places) {
          place.devices.report(report % 2 === 0)
          if (report % 4 === 0) place.devices.lock(report % 8 === 0)
        }
        if (report % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      await back
      for (const person of out) await visit(person)
    }
    await quiet(() => frames)
    return { frames, homes: places.length, sockets: ears.length, reconnects, revocations, foreign }
  } finally {
    await listener.stop()
    await inside.end()
  }
}

/** Until no frame has come for a while. */
async function quiet(count: () => number): Promise<void> {
  for (let before = -1; before !== count();) {
    before = count()
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

async function settle(inside: InHouse, i: number): Promise<Place> {
  const { house } = inside
  const owner =
    i === 0
      ? (
          await house.people.claim.claim({
            code: inside.codes.at(-1)!,
            identifier: { email: 'owner0@example.org' },
            acts: house.privacy.currentActs('en', 'EU'),
            surface: 'app',
            place: { address: '192.0.2.0' },
          })
        ).subject
      : await inside.person(`owner${i}@example.org`)
  const home = await house.createHome(owner, { name: `canary${i}house`, zone: 'UTC' })
  const devices = await inside.furnish(home, owner, `canary${i}`)
  const runtime = house.homes.runtime(home)
  // The names that people see are canaries too.
  for (const device of runtime.devices.values())
    device.name = device.shape.kind === 'lock' ? `canary${i}lock` : `canary${i}lamp`
  const list = [...runtime.devices.values()]
  const lamp = list.find((each) => each.shape.kind !== 'lock')!
  assert.equal(list.length, 2)
  return {
    home,
    owner,
    devices,
    lamp: lamp.id,
    canaries: [home, ...list.map((each) => each.id), `canary${i}house`, `canary${i}lamp`, `canary${i}lock`],
    shown: new Set([home, lamp.id, `canary${i}lamp`]),
  }
}
