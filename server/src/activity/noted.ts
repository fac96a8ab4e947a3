import type { ActivityKind, HomeId } from '@eaves/model'
import { subjectOf, type Entry } from '../http/entry.ts'
import type { Activity } from './activity.ts'

const home = '/api/homes/{home}'
const panel = `${home}/panels/{panel}`
/** Routes whose act is a line of the person's own activity by nothing more than having been done. // pp.2.2.3 pp.4.1 */
const kindOf: Readonly<Record<string, ActivityKind>> = {
  [`patch ${home}/about`]: 'about-changed',
  [`put ${home}/confirm`]: 'confirm-changed',
  [`put ${home}/confirm/devices/{device}`]: 'confirm-changed',
  [`put ${home}/members/me/pin`]: 'pin-set',
  [`delete ${home}/members/{member}/pin`]: 'pin-removed',
  [`put ${home}/history/keep`]: 'history-changed',
  [`put ${home}/mode`]: 'mode-set',
  [`post ${home}/transfer`]: 'home-offered',
  [`post ${home}/transfer/accept`]: 'home-taken-over',
  [`delete ${home}/transfer`]: 'home-offer-ended',
  [`post ${home}/lock-out`]: 'locked-out',
  [`post ${home}/panels`]: 'panel-added',
  [`patch ${panel}`]: 'panel-changed',
  [`put ${panel}/pin`]: 'panel-changed',
  [`post ${panel}/code`]: 'panel-code-made',
  [`delete ${panel}`]: 'panel-removed',
  [`put ${home}/alarm/setup`]: 'alarm-changed',
  [`put ${home}/alarm/codes/me`]: 'alarm-code-changed',
  [`delete ${home}/alarm/codes/me`]: 'alarm-code-changed',
  [`post ${home}/alarm/codes`]: 'alarm-code-changed',
  [`delete ${home}/alarm/codes/{code}`]: 'alarm-code-changed',
  [`post ${home}/mqtt/credentials`]: 'credential-made',
  [`delete ${home}/mqtt/credentials/{credential}`]: 'credential-ended',
}

/** The same entries; those whose act is listed leave its line once it is done. Throws when a listed act is no entry. */
export function noted(entries: readonly Entry[], note: Activity['note']): Entry[] {
  const waiting = new Map(Object.entries(kindOf))
  const all = entries.map((each): Entry => {
    const name = `${each.method} ${each.path}`
    const kind = waiting.get(name)
    if (kind === undefined) return each
    waiting.delete(name)
    return {
      ...each,
      handle: async (request) => {
        const answer = await each.handle(request)
        const { home: at } = request.params as { readonly home: HomeId }
        await note(subjectOf(request.caller), kind, { home: at })
        return answer
      },
    }
  })
  const [missing] = waiting.keys()
  if (missing !== undefined) throw new Error(`No entry does what is noted: ${missing}.`)
  return all
}
