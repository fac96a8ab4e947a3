import type { Verb } from '../verbs.ts'
import type { Promised } from './promised.ts'

/** Seeing one's own things and switching what is already in the home; nothing that adds to what is held about anybody. */
const stays: ReadonlySet<Verb> = new Set<Verb>([
  'self.read',
  'home.list',
  'home.read',
  'device.read',
  'device.command',
  'scene.read',
  'scene.run',
  'mode.read',
])

/** The live socket, without which the home cannot be looked at in the app, and whether the server could be restored, which concerns all in it. */
const stayingWays: ReadonlySet<string> = new Set(['post /api/live/tickets', 'get /api/instance/backup'])

/** Whether a route answers somebody in the limited state: own data, local control, and every way of every right that was promised. // pp.7.2 pp.7.3 */
export function opensWhenLimited(
  route: { readonly verb: Verb; readonly way: string },
  promised: readonly Promised[],
): boolean {
  return (
    stays.has(route.verb) ||
    stayingWays.has(route.way) ||
    promised.some(({ rights }) => Object.values(rights).some(({ ways }) => ways.includes(route.way)))
  )
}
