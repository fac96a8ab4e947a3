import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceKind, DeviceView, HomeRole, RoomId } from '@eaves/model'
import { roleVerbs } from '@eaves/policy'
import { Checkbox, RadioGroup } from '../../ui/choice.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { kindName } from '../../words/later/members.ts'
import { isGuarded } from '../../words/later/reach.ts'
import { Dangerous } from './dangerous.tsx'
import type { HomeFacts } from './home-facts.ts'
import { rowOn, withRow, type Base, type Level, type ReachDraft, type RowTarget } from './reach-model.ts'
import { ReachRowEditor } from './reach-row.tsx'

export interface ReachEditorProps {
  readonly role: HomeRole
  readonly facts: HomeFacts
  readonly draft: ReachDraft
  readonly onChange: (draft: ReachDraft) => void
}
const ofBase: Readonly<Record<Base, Level>> = { all: 'use', look: 'look', listed: 'none' }

/** What somebody reaches: a beginning, then rooms, kinds and single devices that differ from it. */
export function ReachEditor({ role, facts, draft, onChange }: ReachEditorProps) {
  const verbs = roleVerbs.get(role)
  const can = { history: verbs?.has('history.read') === true, pictures: verbs?.has('picture.read') === true }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <RadioGroup
        label={t`To begin with`}
        value={draft.base}
        onChange={(base) => onChange({ ...draft, base })}
        options={[
          { id: 'all', name: t`May use everything in the home` },
          { id: 'look', name: t`May look at everything, and use what is listed` },
          { id: 'listed', name: t`Gets only what is listed` },
        ]}
      />
      {draft.base !== 'listed' && (can.history || can.pictures) && (
        <div className="-mt-3 flex flex-wrap gap-x-6">
          {can.history && (
            <Checkbox selected={draft.history} onChange={(history) => onChange({ ...draft, history })}>
              <Trans>May see history</Trans>
            </Checkbox>
          )}
          {can.pictures && (
            <Checkbox selected={draft.pictures} onChange={(pictures) => onChange({ ...draft, pictures })}>
              <Trans>May see pictures of cameras</Trans>
            </Checkbox>
          )}
        </div>
      )}
      <Rooms role={role} facts={facts} draft={draft} onChange={onChange} can={can} />
      <Kinds facts={facts} draft={draft} onChange={onChange} can={can} />
      <Devices role={role} facts={facts} draft={draft} onChange={onChange} can={can} />
      {isGuarded(role) && (
        <Dangerous
          devices={facts.devices.filter(({ id }) => facts.dangerous.has(id))}
          draft={draft}
          onChange={onChange}
        />
      )}
    </div>
  )
}

type Can = { readonly history: boolean; readonly pictures: boolean }
type ListProps = Omit<ReachEditorProps, 'role'> & { readonly can: Can }

function useRow({ facts, draft, onChange, can }: ListProps) {
  return (on: RowTarget, name: string, isIn: (device: DeviceView) => boolean) => {
    const row = rowOn(draft, on)
    return {
      name,
      row,
      level: row?.level ?? ofBase[draft.base],
      extras: {
        history: can.history,
        pictures: can.pictures && facts.devices.some((device) => device.kind === 'camera' && isIn(device)),
      },
      onChange: (change: Parameters<typeof withRow>[2]) => onChange(withRow(draft, on, change)),
    }
  }
}
const List = ({ children }: { readonly children: React.ReactNode }) => (
  <ul className="divide-y divide-line rounded-card border border-line bg-surface">{children}</ul>
)

function Rooms(props: ListProps & { readonly role: HomeRole }) {
  const rowFor = useRow(props)
  const { rooms } = props.facts
  if (rooms.length === 0) return null
  return (
    <div className="grid gap-3">
      <h3 className="text-group">
        <Trans>By room</Trans>
      </h3>
      <List>
        {rooms.map((room) => (
          <ReachRowEditor
            key={room.id}
            {...rowFor({ room: room.id as RoomId }, room.name, (device) => device.room === room.id)}
          />
        ))}
      </List>
    </div>
  )
}

function Kinds(props: ListProps) {
  const rowFor = useRow(props)
  const kinds = [...new Set<DeviceKind>(props.facts.devices.map(({ kind }) => kind))]
  const set = kinds.filter((kind) => rowOn(props.draft, { kind })).length
  if (kinds.length === 0) return null
  return (
    <Disclosure title={set === 0 ? t`By kind of device` : t`By kind of device (${set})`}>
      <List>
        {kinds.map((kind) => (
          <ReachRowEditor
            key={kind}
            {...rowFor({ kind }, kindName(kind), (device) => device.kind === kind)}
          />
        ))}
      </List>
    </Disclosure>
  )
}

function Devices({ role, ...props }: ListProps & { readonly role: HomeRole }) {
  const rowFor = useRow(props)
  const { draft, facts, onChange } = props
  const isOwn = ({ id }: DeviceView): boolean => !(isGuarded(role) && facts.dangerous.has(id))
  const offered = facts.devices.filter(isOwn)
  const listed = offered.filter(({ id }) => rowOn(draft, { device: id }))
  const others = offered.filter((device) => !listed.includes(device))
  if (offered.length === 0) return null
  const add = (id: string): void => {
    const device = others.find((each) => each.id === id)
    const level: Level = draft.base === 'all' ? 'none' : 'use'
    if (device) onChange(withRow(draft, { device: device.id }, { level }))
  }
  return (
    <Disclosure title={listed.length === 0 ? t`By single device` : t`By single device (${listed.length})`}>
      <div className="grid gap-3">
        {listed.length > 0 && (
          <List>
            {listed.map((device) => (
              <ReachRowEditor
                key={device.id}
                {...rowFor({ device: device.id }, device.name, ({ id }) => id === device.id)}
                hint={device.roomName ?? undefined}
                onRemove={() => onChange(withRow(draft, { device: device.id }, undefined))}
              />
            ))}
          </List>
        )}
        {others.length > 0 && (
          <SearchSelect
            label={t`Add a device`}
            value=""
            onChange={add}
            options={others.map(({ id, name, roomName }) => ({
              id,
              name: roomName === null ? name : `${name} · ${roomName}`,
            }))}
          />
        )}
        <p className="text-state font-normal text-muted">
          <Trans>Where a room, a kind and a device say different things, the stricter counts.</Trans>
        </p>
      </div>
    </Disclosure>
  )
}
