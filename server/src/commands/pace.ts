import type { LiveDevice } from '../homes/homes.ts'
import type { CheckedCommand } from './check.ts'

const perSecond = 20
/** Commands to members of groups, for a whole home. */
const fanOutsPerSecond = 500
const fanOutBurst = 1000
const firstDeadlineMs = 5_000
const shortestMs = 3_000
const longestMs = 15_000
/** A command that keeps moving towards its target may take this long. */
export const longestMoveMs = 120_000
const remembered = 20
const enough = 5
/** A sleeping device takes a command when it wakes. */
const sleepyDeadlineMs = 10 * 60_000

interface Pace {
  tokens: number
  at: number
  latenciesMs: number[]
}
const paces = new WeakMap<LiveDevice, Pace>()

function paceOf(device: LiveDevice, now: number): Pace {
  let pace = paces.get(device)
  if (pace === undefined) paces.set(device, (pace = { tokens: perSecond, at: now, latenciesMs: [] }))
  return pace
}

interface FanOuts {
  left: number
  at: number
}
const fanOuts = new WeakMap<object, FanOuts>()

/** A wish to a group is one to each member: many groups of the same lamps must not make a thousand of one. */
function takeFanOut({ runtime, members }: LiveDevice, now: number): boolean {
  if (members === undefined) return true
  const known = fanOuts.get(runtime) ?? { left: fanOutBurst, at: now }
  const earned = (Math.max(0, now - known.at) * fanOutsPerSecond) / 1000
  const left = Math.min(fanOutBurst, known.left + earned)
  const isEnough = left >= members.length
  fanOuts.set(runtime, { left: isEnough ? left - members.length : left, at: now })
  return isEnough
}

/** What no person sends is as quick as the devices that set it off, and bounded all the same. */
const quickPerSecond = 500
const quick = new WeakMap<LiveDevice, FanOuts>()

/** The same for what an automation sends, which has a pace of its own, so that nobody's hand waits for it. */
export function takeQuickTurn(device: LiveDevice, now: number): boolean {
  if (!takeFanOut(device, now)) return false
  const known = quick.get(device) ?? { left: quickPerSecond, at: now }
  known.left = Math.min(quickPerSecond, known.left + (Math.max(0, now - known.at) * quickPerSecond) / 1000)
  known.at = now
  quick.set(device, known)
  if (known.left < 1) return false
  known.left--
  return true
}

/** Takes one of the device's twenty commands a second; false when there is none left. */
export function takeTurn(device: LiveDevice, now: number): boolean {
  if (!takeFanOut(device, now)) return false
  const pace = paceOf(device, now)
  pace.tokens = Math.min(perSecond, pace.tokens + (Math.max(0, now - pace.at) * perSecond) / 1000)
  pace.at = now
  if (pace.tokens < 1) return false
  pace.tokens--
  return true
}

interface Sent {
  readonly device: LiveDevice
  readonly checked: Pick<CheckedCommand, 'args'>
  readonly sentAt: number | undefined
}

/** From what was confirmed; how long somebody let it take says nothing of how long it needs. */
export function learn({ device, checked, sentAt = 0 }: Sent, now: number): void {
  if (checked.args.transitionSeconds !== undefined) return
  const { latenciesMs } = paceOf(device, now)
  latenciesMs.push(now - sentAt)
  if (latenciesMs.length > remembered) latenciesMs.shift()
}

/** How long to wait for the report: twice what the device usually needs, within bounds, and the transition asked for on top. */
export function deadlineMs(device: LiveDevice, transitionSeconds: unknown, now: number): number {
  const extraMs = typeof transitionSeconds === 'number' ? transitionSeconds * 1000 : 0
  if (device.shape.sleepy === true) return sleepyDeadlineMs + extraMs
  const known = paceOf(device, now).latenciesMs
  if (known.length < enough) return firstDeadlineMs + extraMs
  const sorted = [...known].sort((a, b) => a - b)
  const p95 = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)]!
  return Math.min(longestMs, Math.max(shortestMs, p95 * 2)) + extraMs
}

/** How long to wait on after a sign that it is on its way: what is left of the transition counts. */
export function stillMovingMs({ device, checked, sentAt = 0 }: Sent, now: number): number {
  const { transitionSeconds } = checked.args
  const left =
    typeof transitionSeconds === 'number' ? Math.max(0, transitionSeconds - (now - sentAt) / 1000) : 0
  return Math.max(10_000, deadlineMs(device, left, now))
}
