import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'
import { Plus, X } from 'lucide-react'
import { useDeviceDetail } from '../../data/devices.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { readingName } from '../../words/later/capabilities.ts'
import { laterWord } from '../../words/later/values.ts'
import { formatAttribute } from '../../words/numbers.ts'
import { ValueControl } from '../device/value-control.tsx'
import {
  added,
  canFade,
  fadeOf,
  rowsOf,
  sendable,
  withFade,
  withoutValue,
  withValue,
  type Row,
} from './editor-model.ts'
import { Fade } from './fade.tsx'

type Change = (settings: readonly SceneSetting[]) => void

/** What can be set of a device, with the control of each value; what the scene leaves as it is can be added. */
export function DeviceValues({
  home,
  device,
  settings,
  onChange,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly settings: readonly SceneSetting[]
  readonly onChange: Change
}) {
  const detail = useDeviceDetail(home, device.id)
  if (detail.error && !detail.data) return <QueryError error={detail.error} retry={detail.refetch} />
  if (!detail.data) return <BlockSkeleton />
  const { shapes } = detail.data
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-1 pb-3">
      {shapes.map((part) => {
        const rows = rowsOf(device.id, part, settings)
        if (rows.length === 0) return null
        const isSet = (row: Row): boolean => row.value !== undefined
        return (
          <section key={part.id} className="grid grid-cols-[minmax(0,1fr)] gap-3">
            {shapes.length > 1 && <h4 className="text-state text-muted">{part.name ?? part.id}</h4>}
            {rows.filter(isSet).map((row) => (
              <ValueRow
                key={`${row.capability}.${row.attribute}`}
                row={row}
                settings={settings}
                onChange={onChange}
              />
            ))}
            <div className="flex flex-wrap gap-2">
              {rows
                .filter((row) => !isSet(row) && row.attribute !== 'saturation')
                .map((row) => (
                  <Button
                    key={`${row.capability}.${row.attribute}`}
                    variant="quiet"
                    icon={Plus}
                    onPress={() => onChange(added(settings, row))}
                  >
                    {nameOf(row)}
                  </Button>
                ))}
            </div>
          </section>
        )
      })}
      {canFade(sendable(settings), device.id) && (
        <Fade
          value={fadeOf(settings, device.id)}
          none={{ name: t`As the scene`, isAtOnce: false }}
          onChange={(seconds) => onChange(withFade(settings, device.id, seconds))}
        />
      )}
    </div>
  )
}
const nameOf = ({ capability, attribute }: Row): string => readingName(capability, attribute)

function ValueRow({
  row,
  settings,
  onChange,
}: {
  readonly row: Row
  readonly settings: readonly SceneSetting[]
  readonly onChange: Change
}) {
  const { capability, attribute, value, type, limits } = row
  const name = nameOf(row)
  return (
    <div className="flex items-start gap-2">
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-1">
        {capability === 'lock' ? (
          <p className="flex min-h-11 items-center">
            <Trans>It is locked; a scene never unlocks.</Trans>
          </p>
        ) : (
          <ValueControl
            name={name}
            type={type}
            value={value}
            disabled={false}
            onSet={(next) => onChange(withValue(settings, row, attribute, next))}
            {...limits}
            format={(number) => formatAttribute(capability, attribute, number)}
            wordOf={laterWord}
          />
        )}
      </div>
      {attribute !== 'saturation' && (
        <IconButton
          icon={X}
          label={t`Leave ${name} as it is`}
          onPress={() => onChange(withoutValue(settings, row, attribute))}
        />
      )}
    </div>
  )
}
