import { t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import { useEditDevice } from '../../data/device-changes.ts'
import { Failure } from '../../shell/failure.tsx'
import { Select } from '../../ui/select.tsx'

const usual = 'usual'
const offered = [1, 2, 5, 15, 30, 60, 180] as const

/** How long a door or window may stand open before whoever keeps the home is told. */
export function LeftOpen({ home, device }: { readonly home: string; readonly device: DeviceView }) {
  const edit = useEditDevice(home)
  if (!device.parts.some(({ capabilities }) => 'contact' in capabilities)) return null
  const { openMinutes } = device
  const known = [...new Set([...offered, ...(openMinutes === undefined ? [] : [openMinutes])])]
  return (
    <div className="grid gap-2">
      <Failure error={edit.error} />
      <Select
        label={t`Tell when it is left open`}
        value={openMinutes === undefined ? usual : String(openMinutes)}
        options={[
          { id: usual, name: t`After ten minutes, as usual` },
          ...known
            .toSorted((a, b) => a - b)
            .map((minutes) => ({ id: String(minutes), name: t`After ${minutes} minutes` })),
        ]}
        onChange={(next) =>
          edit.mutate({ device: device.id, openMinutes: next === usual ? null : Number(next) })
        }
      />
    </div>
  )
}
