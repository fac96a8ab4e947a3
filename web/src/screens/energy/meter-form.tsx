import { meterKinds, type MeterKind } from '@eaves/model'
import type { MeterCandidates, MeterView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useChangeMeters, useMeterValues } from '../../data/energy.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { nameOf } from '../history/names.ts'
import { kindName } from './words.ts'

type Candidate = MeterCandidates[number]
const keyOf = ({ device, part, capability, attribute }: Omit<Candidate, 'unit' | 'by'>): string =>
  [device, part, capability, attribute].join(' ')
const fits = (kind: MeterKind, { unit }: Candidate): boolean =>
  kind === 'water' ? unit === 'cubicMeters' : kind === 'gas' || unit === 'kilowattHours'

/** Two questions: what is counted, and by which value. */
export function MeterForm({
  home,
  meters,
  onDone,
}: {
  readonly home: string
  readonly meters: readonly MeterView[]
  readonly onDone: () => void
}) {
  const values = useMeterValues(home, true)
  const devices = useDevices(home)
  const { live } = useConnection()
  const { add } = useChangeMeters(home)
  const [kind, setKind] = useState<MeterKind>('grid-import')
  const [chosen, setChosen] = useState('')
  const [name, setName] = useState('')
  const error = values.error ?? devices.error
  if (!values.data || !devices.data)
    return error ? (
      <QueryError error={error} retry={() => Promise.all([values.refetch(), devices.refetch()])} />
    ) : (
      <BlockSkeleton />
    )
  const taken = new Set(meters.map(({ source }) => keyOf(source)))
  const options = values.data
    .filter((each) => fits(kind, each) && !taken.has(keyOf(each)))
    .flatMap((each) => {
      const named = nameOf(
        each,
        devices.data.find(({ id }) => id === each.device),
      )
      return named === undefined ? [] : [{ id: keyOf(each), name: named }]
    })
    .toSorted((a, b) => a.name.localeCompare(b.name))
  const found = values.data.find((each) => keyOf(each) === chosen && fits(kind, each))
  const save = (): void => {
    if (!found) return
    const { device, part, capability, attribute } = found
    add.mutate(
      {
        name: name.trim() === '' ? kindName(kind) : name.trim(),
        kind,
        source: { device, part, capability, attribute },
        swaps: [],
        tariffs: [],
      },
      {
        onSuccess: () => {
          setChosen('')
          setName('')
          onDone()
        },
      },
    )
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 py-2">
      <Failure error={add.error} />
      <Select
        label={t`What it counts`}
        value={kind}
        options={meterKinds.map((id) => ({ id, name: kindName(id) }))}
        onChange={setKind}
      />
      {options.length === 0 ? (
        <p className="text-body text-muted">
          <Trans>No device of your home reports such a value, or all have a meter.</Trans>
        </p>
      ) : (
        <>
          <SearchSelect
            key={kind}
            label={t`Which value`}
            options={options}
            value={found ? chosen : ''}
            onChange={setChosen}
            hint={t`A counter is better than power: it misses nothing.`}
          />
          <TextField
            label={t`Name`}
            value={name}
            onChange={setName}
            maxLength={80}
            hint={t`Left empty, it is called what it counts.`}
          />
          <div>
            <Button variant="primary" isDisabled={!found || !live || add.isPending} onPress={save}>
              <Trans>Save the meter</Trans>
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
