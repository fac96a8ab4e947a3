import { reach, type Reach } from '@eaves/model/api'
import { entry, type Entry } from '../http/entry.ts'

/** Any member may bring a phone; what is told is what the plain page in the house's network tells anybody. */
export function reachRoutes({ reach: now }: { readonly reach: () => Reach }): readonly Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/instance/reach',
      summary: 'How a phone in the house gets to the app',
      access: { kind: 'self', verb: 'self.read' },
      answer: reach,
      handle: async () => now(),
    }),
  ]
}
