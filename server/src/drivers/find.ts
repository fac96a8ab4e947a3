import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isManifest, type Driver } from '@eaves/driver-kit'

export interface Found {
  readonly drivers: readonly Driver[]
  /** What each folder that could not be used did, without its text. */
  readonly faults: readonly unknown[]
}

/** Finds the drivers in the folders of `root`/drivers; one that cannot be read never keeps the others from starting. */
export async function findDrivers(root: string): Promise<Found> {
  const top = join(root, 'drivers')
  const folders = existsSync(top) ? readdirSync(top).sort() : []
  const drivers: Driver[] = []
  const faults: unknown[] = []
  for (const folder of folders) {
    const file = join(top, folder, 'driver.ts')
    if (!existsSync(file)) continue
    try {
      const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
      if (isDriver(module.default) && !drivers.some((d) => d.id === (module.default as Driver).id))
        drivers.push(module.default)
      else faults.push(new TypeError('not a driver'))
    } catch (error) {
      faults.push(error)
    }
  }
  return { drivers, faults }
}

function isDriver(value: unknown): value is Driver {
  return isManifest(value) && typeof (value as Partial<Driver>).connect === 'function'
}
