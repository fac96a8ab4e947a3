import { t } from '@lingui/core/macro'
import type { Group } from '../../devices/facts.ts'

const groups: Readonly<Record<Group, () => string>> = {
  lights: () => t`Lights`,
  comfort: () => t`Climate and blinds`,
  power: () => t`Plugs and switches`,
  safety: () => t`Locks and alarms`,
  sensing: () => t`Sensors and buttons`,
  helpers: () => t`Helpers`,
  other: () => t`Other devices`,
}
export const groupName = (group: Group): string => groups[group]()
