import { nextFreePort } from '../broker-port.ts'
import type { Config } from '../config.ts'
import { StartError } from '../start-error.ts'
import { instanceValue, keepInstanceValue } from '../store/instance.ts'
import type { Stores } from '../store/stores.ts'

const firstMqttPort = 18_830

/** A household on simulated devices, asked for with `--demo`. */
export interface DemoWish {
  /** Minutes since midnight that its clock begins at; undefined: the clock of this machine. */
  readonly minute: number | undefined
}

export function demoWish(given: Readonly<Record<string, string>>): DemoWish | undefined {
  if (given.demo === undefined) {
    if (given.time !== undefined) throw new StartError('--time is the clock of a demonstration: add --demo.')
    return undefined
  }
  if (given.time === undefined) return { minute: undefined }
  const [, hours = '', minutes = ''] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(given.time) ?? []
  if (hours === '') throw new StartError(`--time is "${given.time}" but must be a time such as 19:30.`)
  return { minute: Number(hours) * 60 + Number(minutes) }
}

/** A demonstration gives way to whatever else runs here: it takes the next free ports. */
export async function demoPorts(config: Config): Promise<Config> {
  const { host, port, mqtt } = config
  return {
    ...config,
    port: port === 0 ? 0 : await nextFreePort(host, port),
    mqtt: { ...mqtt, port: mqtt.port ?? (await nextFreePort(mqtt.host, firstMqttPort)) },
  }
}

/** A demonstration never runs on a real home's data, nor a real home on a demonstration's. */
export async function keepFoldersApart({ facts }: Pick<Stores, 'facts'>, isDemo: boolean): Promise<void> {
  const isMarked = (await instanceValue(facts, 'demo')) !== undefined
  if (isMarked && !isDemo)
    throw new StartError(
      'This data folder belongs to a demonstration. Start it with --demo, or name another folder with EAVES_DATA.',
    )
  if (!isDemo || isMarked) return
  if ((await instanceValue(facts, 'claimed_by')) !== undefined)
    throw new StartError(
      'This data folder holds a home that is no demonstration. Start it without --demo, or name another folder with EAVES_DATA.',
    )
  await keepInstanceValue(facts, 'demo', 'yes')
}
