import { t } from '@lingui/core/macro'
import type { DriverEntry } from '@eaves/model/api'

const names: Readonly<Record<string, () => string>> = { simulated: () => t`Simulated devices` }
/** Our word for a driver that comes with Eaves; any other keeps the name of its manifest. */
export const driverName = (entry: Pick<DriverEntry, 'id' | 'name'>): string =>
  names[entry.id]?.() ?? entry.name
