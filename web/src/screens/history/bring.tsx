import type { DeviceDetail } from '@eaves/model'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useSearch } from '@tanstack/react-router'
import { ChartLine } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useDeviceDetail, useDevices } from '../../data/devices.ts'
import { idOf, type HistoryOf } from '../../data/history.ts'
import { useCan, useHome } from '../../data/homes.ts'
import { specOf } from '../../data/specs.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Part } from '../../ui/part.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { NotYours } from '../members/not-yours.tsx'
import { askedBy } from './address.ts'
import { BringTable } from './bring-table.tsx'
import type { TableKind } from './bring-words.ts'
import { valueName } from './names.ts'

/** A past from elsewhere: which value it is of, what a file would bring, and bringing it. */
export function Bring({ home }: { readonly home: string }) {
  const can = useCan(home)
  const place = useHome(home)
  useTitle(t`Bring values in`)
  if (!place) return <BlockSkeleton />
  if (!can('device.edit')) return <NotYours home={home} />
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-8">
      <header className="grid gap-1">
        <Back to={paths.history(home)}>
          <Trans>History</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>Bring values in</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>
            From a CSV file, such as another system wrote. You see what it would bring before anything is
            written.
          </Trans>
        </p>
      </header>
      <Choice home={home} zone={place.zone} />
    </div>
  )
}

function Choice({ home, zone }: { readonly home: string; readonly zone: string }) {
  const [first] = askedBy(useSearch({ strict: false })).values
  const [device, setDevice] = useState<string>(first?.device ?? '')
  const devices = useDevices(home)
  if (devices.error && !devices.data) return <QueryError error={devices.error} retry={devices.refetch} />
  if (!devices.data) return <BlockSkeleton />
  if (devices.data.length === 0)
    return (
      <EmptyState icon={ChartLine} title={t`There is no device yet`}>
        <Trans>A past belongs to a value of a device. Add the device first.</Trans>
      </EmptyState>
    )
  const options = devices.data
    .map(({ id, name }) => ({ id: String(id), name }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  const isThere = options.some(({ id }) => id === device)
  return (
    <>
      <Part id="which" title={t`What it is of`}>
        <SearchSelect
          label={t`Device`}
          options={options}
          value={isThere ? device : ''}
          onChange={setDevice}
        />
      </Part>
      {isThere && <OfDevice key={device} home={home} device={device} first={first} zone={zone} />}
    </>
  )
}

function OfDevice({
  home,
  device,
  first,
  zone,
}: {
  readonly home: string
  readonly device: string
  readonly first: HistoryOf | undefined
  readonly zone: string
}) {
  const { data, error, refetch } = useDeviceDetail(home, device)
  const [chosen, setChosen] = useState(first?.device === device ? idOf(first) : '')
  const values = useMemo(() => (data ? valuesOf(data) : []), [data])
  if (error && !data) return <QueryError error={error} retry={refetch} />
  if (!data) return <BlockSkeleton />
  if (values.length === 0)
    return (
      <p className="text-body text-muted">
        <Trans>Of this device no history is kept.</Trans>
      </p>
    )
  const value = values.find(({ id }) => id === chosen) ?? (values.length === 1 ? values[0] : undefined)
  return (
    <>
      <Select
        label={t`Value`}
        options={values}
        value={value?.id}
        placeholder={t`Choose a value`}
        onChange={setChosen}
      />
      {value && <BringTable key={value.id} home={home} of={value.of} kind={value} zone={zone} />}
    </>
  )
}

interface KeptValue extends TableKind {
  readonly id: string
  readonly name: string
  readonly of: HistoryOf
}
/** Every value of a device of which a history is kept, whether there is any yet or not. */
function valuesOf(device: DeviceDetail): readonly KeptValue[] {
  const found: KeptValue[] = []
  const add = (part: string, capability: string, attribute: string, kind: TableKind): void => {
    const of = { device: device.id, part, capability, attribute }
    found.push({ id: idOf(of), name: valueName(of, device), of, ...kind })
  }
  for (const { id: part, capabilities, vendor } of device.shapes) {
    for (const [capability, shape] of Object.entries(capabilities))
      for (const attribute of shape.attributes) {
        const spec = specOf(capability)?.attributes[attribute]
        if (spec?.history !== true) continue
        const type = spec.type === 'number' || spec.type === 'boolean' ? spec.type : 'choice'
        add(part, capability, attribute, { type, unit: spec.type === 'number' ? spec.unit : undefined })
      }
    for (const [attribute, { category, type, unit }] of Object.entries(vendor)) {
      if (category !== 'state' || !(type === 'number' || type === 'boolean' || type === 'enum')) continue
      add(part, 'vendor', attribute, { type: type === 'enum' ? 'choice' : type, unit })
    }
  }
  return found.toSorted((a, b) => a.name.localeCompare(b.name))
}
