import type { MeterSource, MeterView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useChangeMeters, useMeterValues } from '../../data/energy.ts'
import { Failure } from '../../shell/failure.tsx'
import { Select } from '../../ui/select.tsx'
import { nameOf } from '../history/names.ts'

const keyOf = ({ device, part, capability, attribute }: MeterSource): string =>
  [device, part, capability, attribute].join(' ')
const byItself = 'by-itself'

/** Which value tells what flows through a meter now, where it is not the one beside its counter. */
export function PowerChoice({ home, meter }: { readonly home: string; readonly meter: MeterView }) {
  const values = useMeterValues(home, true).data
  const devices = useDevices(home).data
  const { live } = useConnection()
  const { edit } = useChangeMeters(home)
  if (!values || !devices || meter.unit !== 'kilowattHours') return null
  const options = values
    .filter(({ by }) => by === 'power')
    .flatMap((each) => {
      const name = nameOf(
        each,
        devices.find(({ id }) => id === each.device),
      )
      return name === undefined ? [] : [{ id: keyOf(each), name }]
    })
  const choose = (key: string): void => {
    const found = values.find((each) => keyOf(each) === key)
    const { device, part, capability, attribute } = found ?? {}
    const power =
      device !== undefined && part !== undefined && capability !== undefined && attribute !== undefined
        ? { device, part, capability, attribute }
        : null
    edit.mutate({ meter: meter.id, version: meter.version, power })
  }
  return (
    <div className="grid gap-2">
      <Failure error={edit.error} />
      <Select
        label={t`Tells its power now`}
        options={[{ id: byItself, name: t`What stands beside the counter` }, ...options]}
        value={meter.power ? keyOf(meter.power) : byItself}
        disabled={!live || edit.isPending}
        onChange={choose}
      />
    </div>
  )
}
