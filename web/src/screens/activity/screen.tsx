import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useLingui } from '@lingui/react'
import type { Locale } from '@eaves/model'
import type { TimelineKind } from '@eaves/model/api'
import { useParams } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, History } from 'lucide-react'
import { Suspense, use, useState } from 'react'
import { useAutomations } from '../../data/automations.ts'
import { useDevices } from '../../data/devices.ts'
import { useCan, useHome } from '../../data/homes.ts'
import { useMembers } from '../../data/members.ts'
import { useRooms } from '../../data/rooms.ts'
import { useScenes } from '../../data/scenes.ts'
import { useTimeline } from '../../data/timeline.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { IconButton } from '../../ui/native-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { isolated } from '../../words/later/reach.ts'
import { wordsFor } from '../automations/words.ts'
import { dateIn, spanAt, spanBeside, spanName } from '../history/span.ts'
import { TimelineRow } from './row.tsx'
import type { Known } from './sentence.ts'

/** What happened in the home, who or what did it, and when: a day at a time. */
export function Screen() {
  const { home } = useParams({ strict: false }) as { home: string }
  const place = useHome(home)
  useTitle(t`What happened`)
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.home(home)}>
          <Trans>Home</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>What happened</Trans>
        </h1>
        <p className="text-muted">
          <Trans>
            Of the devices that you see. Movement is not among it: a list of who crossed which room would be
            about people, not about the home.
          </Trans>
        </p>
      </header>
      <Suspense fallback={<BlockSkeleton />}>
        {place ? <Day home={home} zone={place.zone} /> : <BlockSkeleton />}
      </Suspense>
    </div>
  )
}

type Shown = TimelineKind | 'all'
const kindsShown = ['command', 'run', 'change'] as const satisfies readonly TimelineKind[]
const everything = 'all'

function Day({ home, zone }: { readonly home: string; readonly zone: string }) {
  const { i18n } = useLingui()
  use(wordsFor(i18n.locale as Locale))
  const [date, setDate] = useState<string>()
  const [shown, setShown] = useState<Shown>(everything)
  const [room, setRoom] = useState(everything)
  const [by, setBy] = useState(everything)
  const [now] = useState(() => Date.now())
  const span = spanAt('day', zone, date, now)
  const kinds: Readonly<Record<TimelineKind, string>> = {
    command: t({ message: 'People', context: 'did it' }),
    run: t`Automatic`,
    change: t`Devices`,
  }
  const go = (way: -1 | 1): void => setDate(dateIn(zone, spanBeside(span, zone, way).fromMs))
  const only = (value: string): string | undefined => (value === everything ? undefined : value)
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <IconButton icon={ChevronLeft} label={t`Earlier`} onPress={() => go(-1)} />
        <p aria-live="polite" className="tabular text-center text-card">
          {spanName(span, zone)}
        </p>
        <IconButton icon={ChevronRight} label={t`Later`} isDisabled={span.toMs > now} onPress={() => go(1)} />
      </div>
      <Segmented<Shown>
        label={t`Show`}
        value={shown}
        onChange={setShown}
        options={[{ id: everything, name: t`All` }, ...kindsShown.map((id) => ({ id, name: kinds[id] }))]}
      />
      <Choices {...{ home, room, setRoom, by, setBy }} />
      <Lines
        home={home}
        zone={zone}
        span={span}
        kind={shown === everything ? undefined : shown}
        room={only(room)}
        by={only(by)}
      />
    </>
  )
}

function Choices({
  home,
  room,
  setRoom,
  by,
  setBy,
}: {
  readonly home: string
  readonly room: string
  readonly setRoom: (room: string) => void
  readonly by: string
  readonly setBy: (by: string) => void
}) {
  const rooms = useRooms(home).data ?? []
  const members = useMembers(home).data ?? []
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Select
        label={t`Room`}
        value={room}
        onChange={setRoom}
        options={[
          { id: everything, name: t`All rooms` },
          ...rooms.map(({ id, name }) => ({ id: id, name: isolated(name) })),
        ]}
      />
      <Select
        label={t`Who`}
        value={by}
        onChange={setBy}
        options={[
          { id: everything, name: t`Everybody and everything` },
          { id: 'me', name: t`I` },
          { id: 'home', name: t`The home itself` },
          ...members
            .filter(({ you, name }) => !you && name !== undefined)
            .map(({ accountId, name }) => ({ id: accountId, name: isolated(name!) })),
        ]}
      />
    </div>
  )
}

interface Asked {
  readonly home: string
  readonly zone: string
  readonly span: { readonly fromMs: number; readonly toMs: number }
  readonly kind: TimelineKind | undefined
  readonly room: string | undefined
  /** The home itself, or one of its people. */
  readonly by: string | undefined
}
function Lines({ home, zone, span, kind, room, by }: Asked) {
  // Whose day it is stands in no address. // pp.2.2.3
  const asked = by === 'me' || by === 'home' ? by : undefined
  const { data, error, refetch } = useTimeline(home, { ...span, kind, room, by: asked })
  const known = useNames(home)
  if (!data || !known) return error ? <QueryError error={error} retry={refetch} /> : <BlockSkeleton />
  const entries =
    asked === by ? data.entries : data.entries.filter((each) => 'person' in each.by && each.by.person === by)
  if (entries.length === 0)
    return (
      <EmptyState icon={History} title={t`Nothing here`}>
        <Trans>Nothing of this kind happened on that day, or it is no longer kept.</Trans>
      </EmptyState>
    )
  return (
    <>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">
        {entries.map((entry) => (
          <li key={`${entry.kind} ${entry.at} ${entry.kind === 'change' ? entry.device : entry.id}`}>
            <TimelineRow home={home} entry={entry} known={known} zone={zone} />
          </li>
        ))}
      </ul>
      {data.truncated && (
        <p className="text-state text-muted">
          <Trans>There was more on that day. Choose a room or a kind to see the rest.</Trans>
        </p>
      )}
    </>
  )
}

function useNames(home: string): Known | undefined {
  const can = useCan(home)
  const devices = useDevices(home).data
  const members = useMembers(home).data
  const automations = useAutomations(home, can('automation.read')).data
  const scenes = useScenes(home, undefined, can('scene.read')).data
  return devices && members
    ? { devices, members, automations: automations ?? [], scenes: scenes ?? [] }
    : undefined
}
