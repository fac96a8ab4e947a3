import type { AlarmMode, AlarmSense } from '@eaves/model'
import type { AlarmContent, AlarmSetupView } from '@eaves/model/api'
import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useAlarm, useAlarmSetup, useChangeAlarm } from '../../data/alarm.ts'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioGroup } from '../../ui/choice.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { Codes } from './codes.tsx'
import { candidatesOf, howOf, keyOf, sirensOf, withHow, type Candidate } from './draft.ts'
import { senseName } from './words.ts'

/** Which sensors count in which way, the delays, what sounds and who is told; and codes of others. */
export function SetUp({ home }: { readonly home: string }) {
  const setup = useAlarmSetup(home)
  const devices = useDevices(home)
  const error = setup.error ?? devices.error
  if (!setup.data || !devices.data)
    return error ? (
      <QueryError error={error} retry={() => Promise.all([setup.refetch(), devices.refetch()])} />
    ) : (
      <BlockSkeleton />
    )
  return (
    <>
      <Form
        key={setup.data.version}
        home={home}
        setup={setup.data}
        candidates={candidatesOf(devices.data)}
        sirens={sirensOf(devices.data)}
      />
      <Codes home={home} />
    </>
  )
}

function Form({
  home,
  setup,
  candidates,
  sirens,
}: {
  readonly home: string
  readonly setup: AlarmSetupView
  readonly candidates: readonly Candidate[]
  readonly sirens: readonly { readonly device: string; readonly part: string; readonly name: string }[]
}) {
  const { live } = useConnection()
  const isArmed = useAlarm(home).data?.state !== 'disarmed'
  const { setUp } = useChangeAlarm(home)
  const { version, sirensMute, ...before } = setup
  const [draft, setDraft] = useState<AlarmContent>(() => onlyThere(before, candidates, sirens))
  const change = (part: Partial<AlarmContent>): void => setDraft({ ...draft, ...part })
  const isLost = candidates.length === 0
  // Said outside: with its new version this form is another one.
  const save = (): void => {
    setUp.mutateAsync({ ...draft, version }).then(
      () => toasts.show(t`Saved.`),
      () => undefined,
    )
  }
  return (
    <form className="grid grid-cols-[minmax(0,1fr)] gap-6" onSubmit={(event) => event.preventDefault()}>
      {isArmed && (
        <Banner>
          <Trans>While the alarm is armed its set-up cannot be changed.</Trans>
        </Banner>
      )}
      {sirensMute && version > 0 && (
        <Banner tone="warn">
          <Trans>
            Sirens would stay silent: whoever set the alarm up no longer keeps the home. Save it anew.
          </Trans>
        </Banner>
      )}
      {isLost && (
        <Banner>
          <Trans>No door, window or motion sensor is there yet.</Trans>
        </Banner>
      )}
      <Way
        mode="away"
        title={t`When nobody is at home`}
        draft={draft}
        candidates={candidates}
        onChange={change}
      />
      <Way mode="night" title={t`At night`} draft={draft} candidates={candidates} onChange={change} />
      <Sirens draft={draft} sirens={sirens} onChange={change} />
      <RadioGroup
        label={t`Who is told when it goes off`}
        value={draft.tell}
        onChange={(tell) => change({ tell })}
        options={[
          { id: 'everybody', name: t`Everybody who lives here` },
          { id: 'keepers', name: t`Whoever keeps the home` },
        ]}
      />
      <Failure error={setUp.error} />
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" isDisabled={!live || isArmed || setUp.isPending} onPress={save}>
          <Trans>Save the set-up</Trans>
        </Button>
      </div>
    </form>
  )
}

/** What is gone falls out of it with the next save. */
function onlyThere(
  content: AlarmContent,
  candidates: readonly Candidate[],
  sirens: readonly { readonly device: string; readonly part: string }[],
): AlarmContent {
  const there = new Set(candidates.map(keyOf))
  const way = (mode: AlarmMode) => ({
    ...content[mode],
    sensors: content[mode].sensors.filter((each) => there.has(keyOf(each))),
  })
  return {
    ...content,
    away: way('away'),
    night: way('night'),
    sirens: content.sirens.filter(({ device, part }) =>
      sirens.some((each) => each.device === device && each.part === part),
    ),
  }
}

const delays = [0, 15, 30, 45, 60, 90, 120, 180, 300] as const
const secondsWord = (seconds: number): string =>
  seconds === 0 ? t`none` : plural(seconds, { one: '# second', other: '# seconds' })
function DelayField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: number
  readonly onChange: (seconds: number) => void
}) {
  const offered = [...new Set<number>([...delays, value])].toSorted((a, b) => a - b)
  return (
    <Select
      label={label}
      value={String(value)}
      options={offered.map((each) => ({ id: String(each), name: secondsWord(each) }))}
      onChange={(next) => onChange(Number(next))}
    />
  )
}

function Way({
  mode,
  title,
  draft,
  candidates,
  onChange,
}: {
  readonly mode: AlarmMode
  readonly title: string
  readonly draft: AlarmContent
  readonly candidates: readonly Candidate[]
  readonly onChange: (part: Partial<AlarmContent>) => void
}) {
  const way = draft[mode]
  return (
    <section aria-labelledby={mode} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id={mode} className="text-group">
        {title}
      </h2>
      {candidates.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
          {candidates.map((candidate) => (
            <li key={keyOf(candidate)} className="grid gap-2 py-3 md:grid-cols-2 md:items-center">
              <div className="min-w-0 wrap-anywhere">
                <p className="text-card">{candidate.name}</p>
                <p className="text-state text-muted">{senseName(candidate.sense as AlarmSense)}</p>
              </div>
              <Select
                hideLabel
                label={candidate.name}
                value={howOf(way.sensors, candidate)}
                options={[
                  { id: 'not', name: t`Does not count` },
                  { id: 'entry', name: t`Counts: time for the code` },
                  { id: 'at-once', name: t`Counts: at once` },
                ]}
                onChange={(how) =>
                  onChange({ [mode]: { ...way, sensors: withHow(way.sensors, candidate, how) } })
                }
              />
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-3 md:grid-cols-2">
        <DelayField
          label={t`Time to go out`}
          value={way.exitSeconds}
          onChange={(exitSeconds) => onChange({ [mode]: { ...way, exitSeconds } })}
        />
        <DelayField
          label={t`Time for the code`}
          value={way.entrySeconds}
          onChange={(entrySeconds) => onChange({ [mode]: { ...way, entrySeconds } })}
        />
      </div>
    </section>
  )
}

function Sirens({
  draft,
  sirens,
  onChange,
}: {
  readonly draft: AlarmContent
  readonly sirens: readonly { readonly device: string; readonly part: string; readonly name: string }[]
  readonly onChange: (part: Partial<AlarmContent>) => void
}) {
  const lengths = [...new Set([30, 60, 120, 180, 300, 600, 900, draft.sirenSeconds])].toSorted(
    (a, b) => a - b,
  )
  return (
    <section aria-labelledby="sirens" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="sirens" className="text-group">
        <Trans>What sounds</Trans>
      </h2>
      {sirens.length === 0 && (
        <p className="text-body text-muted">
          <Trans>No siren is there. People are told all the same.</Trans>
        </p>
      )}
      {sirens.map(({ device, part, name }) => (
        <Checkbox
          key={`${device} ${part}`}
          selected={draft.sirens.some((each) => each.device === device && each.part === part)}
          onChange={(on) =>
            onChange({
              sirens: [
                ...draft.sirens.filter((each) => each.device !== device || each.part !== part),
                ...(on ? [{ device, part }] : []),
              ],
            })
          }
        >
          {name}
        </Checkbox>
      ))}
      {sirens.length > 0 && (
        <Select
          label={t`It sounds for`}
          value={String(draft.sirenSeconds)}
          options={lengths.map((each) => ({ id: String(each), name: secondsWord(each) }))}
          onChange={(next) => onChange({ sirenSeconds: Number(next) })}
        />
      )}
    </section>
  )
}
