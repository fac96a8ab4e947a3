import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { deviceKinds } from '@eaves/model'
import { useDeviceDetail } from '../../data/devices.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { kindName } from '../../words/later/members.ts'
import { abilitiesAmong, abilitiesOf, isMeant, type Abilities } from './abilities.ts'
import type { Choice, ChoiceDeps } from './choices.ts'
import type { Known } from './known.ts'
import type { Aim } from './shape.ts'
import { Line, Lines } from './where.tsx'

/** What is meant can be and do so much; asked of the device itself where it is one. */
export function WithAbilities({
  home,
  aim,
  known,
  children,
}: {
  readonly home: string
  readonly aim: Aim
  readonly known: Known
  readonly children: (abilities: Abilities) => React.ReactNode
}) {
  if (aim.device !== undefined)
    return (
      <OfDevice home={home} device={aim.device}>
        {children}
      </OfDevice>
    )
  return children(abilitiesAmong(aim, known.devices))
}
function OfDevice({
  home,
  device,
  children,
}: {
  readonly home: string
  readonly device: string
  readonly children: (abilities: Abilities) => React.ReactNode
}) {
  const detail = useDeviceDetail(home, device)
  if (detail.data) return children(abilitiesOf(detail.data))
  return detail.error ? <QueryError error={detail.error} retry={detail.refetch} /> : <BlockSkeleton />
}

const any = 'any'
/** Which of the devices of a room or home: of one kind, or whatever has it. */
function Narrow({
  aim,
  known,
  onChange,
}: {
  readonly aim: Aim
  readonly known: Known
  readonly onChange: (aim: Aim) => void
}) {
  const { of, ...wide } = aim
  const there = new Set(known.devices.filter((each) => isMeant(wide, each)).map(({ kind }) => kind))
  return (
    <Select
      label={t`Which devices`}
      value={of ?? any}
      options={[
        { id: any, name: t`Whatever can do it` },
        ...deviceKinds
          .filter((kind) => there.has(kind) || kind === of)
          .map((id) => ({ id, name: kindName(id) })),
      ]}
      onChange={(kind) => onChange(kind === any ? wide : { ...wide, of: kind })}
    />
  )
}

/** What may be chosen of it, the usual first. */
export function What<T>({
  home,
  aim,
  known,
  choicesOf,
  onAim,
  onChoose,
}: {
  readonly home: string
  readonly aim: Aim
  readonly known: Known
  readonly choicesOf: (deps: ChoiceDeps) => readonly Choice<T>[]
  readonly onAim: (aim: Aim) => void
  readonly onChoose: (choice: Choice<T>) => void
}) {
  return (
    <>
      {aim.device === undefined && <Narrow aim={aim} known={known} onChange={onAim} />}
      <WithAbilities home={home} aim={aim} known={known}>
        {(abilities) => <Choices choices={choicesOf({ aim, abilities, names: known })} onChoose={onChoose} />}
      </WithAbilities>
    </>
  )
}
function Choices<T>({
  choices,
  onChoose,
}: {
  readonly choices: readonly Choice<T>[]
  readonly onChoose: (choice: Choice<T>) => void
}) {
  const usual = choices.filter(({ isRare }) => !isRare)
  const rare = choices.filter((choice) => choice.isRare)
  if (choices.length === 0)
    return (
      <p className="text-muted">
        <Trans>There is nothing here that would fit. Choose another device.</Trans>
      </p>
    )
  return (
    <>
      <Grouped choices={usual} onChoose={onChoose} />
      {rare.length > 0 && usual.length > 0 ? (
        <Disclosure title={t`Settings and rarer things`}>
          <div className="grid gap-4">
            <Grouped choices={rare} onChoose={onChoose} />
          </div>
        </Disclosure>
      ) : (
        <Grouped choices={rare} onChoose={onChoose} />
      )}
    </>
  )
}
function Grouped<T>({
  choices,
  onChoose,
}: {
  readonly choices: readonly Choice<T>[]
  readonly onChoose: (choice: Choice<T>) => void
}) {
  return [...new Set(choices.map(({ group }) => group))].map((group) => (
    <Lines key={group} title={group}>
      {choices
        .filter((choice) => choice.group === group)
        .map((choice) => (
          <Line key={choice.key} name={choice.label} onPress={() => onChoose(choice)} />
        ))}
    </Lines>
  ))
}
