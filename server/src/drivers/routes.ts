import { driverEntry, type DriverEntry } from '@eaves/model/api'
import { z } from 'zod'
import { entry, type Entry } from '../http/entry.ts'
import type { DriverHost } from './drivers.ts'

/** Which drivers this server has, what they talk to and what a connection of each needs. */
export function driverRoutes({
  drivers,
}: {
  readonly drivers: Pick<DriverHost, 'manifests'>
}): readonly Entry[] {
  const list = (): DriverEntry[] =>
    drivers.manifests().map(({ id, name, reach, collects, talksTo, config }) => ({
      id,
      name,
      reach,
      collects: [...collects],
      talksTo: [...talksTo],
      config: config.map((field) => ({ ...field })),
    }))
  return [
    entry({
      method: 'get',
      path: '/api/drivers',
      summary: 'The drivers of this server',
      access: { kind: 'self', verb: 'self.read' },
      answer: z.array(driverEntry),
      handle: async () => list(),
    }),
  ]
}
