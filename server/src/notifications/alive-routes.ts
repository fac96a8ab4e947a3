import { aliveState } from '@eaves/model/api'
import { entry, type Entry } from '../http/entry.ts'
import type { Alive } from './alive.ts'

/** Whether somebody outside watches over this server, for those who answer for a home on it. */
export const aliveRoutes = (alive: Pick<Alive, 'state'>): readonly Entry[] => [
  entry({
    method: 'get',
    path: '/api/instance/alive',
    summary: 'The watch outside that is called to show that this server runs: its host, and how the calls go',
    access: { kind: 'instance', verb: 'instance.read' },
    answer: aliveState,
    handle: async () => alive.state(),
  }),
]
