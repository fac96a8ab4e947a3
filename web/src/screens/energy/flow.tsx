import { flowOf, type DeviceView, type EnergyFlow, type FlowingMeter } from '@eaves/model'
import type { MeterView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { BatteryMedium, House, Sun, UtilityPole, type LucideIcon } from 'lucide-react'
import { useDevices } from '../../data/devices.ts'
import { Icon } from '../../ui/icon.tsx'
import { withUnit } from '../../words/numbers.ts'

/** What flows at this moment, as the devices tell it. */
export function FlowNow({ home, meters }: { readonly home: string; readonly meters: readonly MeterView[] }) {
  const devices = useDevices(home).data
  if (!devices || !meters.some(({ live }) => live)) return null
  const flow = flowOf(meters.flatMap((meter) => flowing(meter, devices)))
  const tiles = [
    flow.solar === undefined ? undefined : { icon: Sun, ...sunWords(flow.solar) },
    flow.grid === undefined ? undefined : { icon: UtilityPole, ...gridWords(flow.grid) },
    flow.battery === undefined ? undefined : { icon: BatteryMedium, ...batteryWords(flow.battery) },
    { icon: House, name: t`House`, does: t`uses`, watts: flow.house },
  ].filter((tile) => tile !== undefined)
  if (tiles.length === 1) return null
  return (
    <section aria-labelledby="now" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="now" className="text-group">
        <Trans>Now</Trans>
      </h2>
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-4">
        {tiles.map((tile) => (
          <Tile key={tile.name} {...tile} />
        ))}
      </ul>
    </section>
  )
}

interface Words {
  readonly name: string
  readonly does: string
  readonly watts: EnergyFlow['house']
}
function Tile({ icon, name, does, watts }: Words & { readonly icon: LucideIcon }) {
  return (
    <li className="grid content-start gap-1 rounded-card border border-line bg-surface p-4">
      <span className="flex items-center gap-2 text-state text-muted">
        <Icon of={icon} />
        {name}
      </span>
      <span className="tabular text-section">{watts === null ? '–' : withUnit(Math.abs(watts), 'W', 0)}</span>
      <span className="text-state">{watts === null ? t`not known` : does}</span>
    </li>
  )
}
const sunWords = (watts: number | null): Words => ({ name: t`Sun`, does: t`makes`, watts })
const gridWords = (watts: number | null): Words => ({
  ...{ name: t`Grid`, watts },
  does: watts === 0 ? t`at rest` : (watts ?? 0) > 0 ? t`is drawn from` : t`is fed`,
})
const batteryWords = (watts: number | null): Words => ({
  ...{ name: t`Home battery`, watts },
  does: watts === 0 ? t`at rest` : (watts ?? 0) > 0 ? t`gives` : t`is charged`,
})

function flowing({ kind, live }: MeterView, devices: readonly DeviceView[]): FlowingMeter[] {
  if (!live) return []
  const { device: id, part, capability, attribute } = live
  const device = devices.find((each) => each.id === id)
  const found = device?.online === true ? device.parts.find((each) => each.id === part) : undefined
  const value =
    capability === 'vendor' ? found?.vendor[attribute] : found?.capabilities[capability]?.[attribute]
  const watts = typeof value === 'number' ? value : undefined
  return [{ kind, key: [id, part, capability, attribute].join(' '), watts }]
}
