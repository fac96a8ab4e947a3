import type { LiveMessage } from '@eaves/model'
import { api, onDoubt } from './api.ts'
import { browserClock } from './clock.ts'
import { HomeEnd } from './home-end.ts'
import { homesQuery } from './homes.ts'
import { forgetHome } from './last-home.ts'
import { receiveDevices } from './devices.ts'
import { Live } from './live.ts'
import { lastSeen } from './offline.ts'
import { Controls, type Failure, type Target } from './pending.ts'
import { queryClient } from './query.ts'
import { ticketPath } from './tickets.ts'

/** The one live connection and the one set of control states of this page. */
export const controls: Controls = new Controls({
  clock: browserClock,
  send: (ref, device, request) => live.command(ref, device, request),
  failed: (key, target, failure) =>
    (asked !== undefined && isAboutProof(failure.code) ? asked : failed)(key, target, failure),
})
let failed: (key: string, target: Target, failure: Failure) => void = () => {}
/** Says how a failed act is told to the person; the shell sets it once. */
export function onFailure(tell: typeof failed): void {
  failed = tell
}

let asked: typeof failed | undefined
const isAboutProof = (code: string): boolean => /^home\.(confirm-required|pin-wrong|pin-locked)$/.test(code)
/** Takes what the home wants proved before it is told as a failure; undefined ends it. */
export function onProof(ask: typeof asked): void {
  asked = ask
}
/** What this page does when a home ends for its person: in the frame, in an answer, or in the list of homes. */
export const homeEnd: HomeEnd = new HomeEnd({
  cache: queryClient,
  homes: () => queryClient.fetchQuery({ ...homesQuery, staleTime: 0 }),
  watch: (home) => live.watch(home),
  forget: forgetHome,
  rewrite: () => void lastSeen.rewrite(),
})
onDoubt((home) => void homeEnd.doubt(home))

function receive(message: LiveMessage): void {
  if (message.type === 'ended') return void homeEnd.ended(message.home)
  if (message.type === 'resync') return void homeEnd.changed()
  receiveDevices(queryClient, message)
  if (message.type === 'change')
    controls.report(
      { device: message.device, part: message.part, capability: message.capability },
      message.values,
    )
  else if (message.type === 'command') controls.command(message.ref, message)
  else if (message.type === 'error' && message.ref !== undefined)
    controls.refused(message.ref, message.code, message)
  else if (message.type === 'snapshot')
    for (const device of message.devices)
      for (const part of device.parts)
        for (const [capability, values] of Object.entries(part.capabilities))
          controls.report({ device: device.id, part: part.id, capability }, values)
}

export const live: Live = new Live({
  open: () => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`),
  ticket: async () => (await api.post<{ ticket: string }>(ticketPath())).ticket,
  clock: browserClock,
  random: Math.random,
  receive,
})

let hiddenAt = 0
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') hiddenAt = Date.now()
  else live.wake(hiddenAt === 0 ? 0 : Date.now() - hiddenAt)
})
addEventListener('online', () => live.wake(Infinity))
