import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceKind } from '@eaves/model'
import type { AutomationBody, BlueprintWrite, BlueprintWritten } from '@eaves/model/api'
import { useId, useState } from 'react'
import { useShared } from '../../data/blueprints.ts'
import { isProblem } from '../../data/api.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { inputLook, TextField } from '../../ui/field.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { capabilityName } from '../../words/later/capabilities.ts'
import { list } from '../../words/time.ts'
import { saidValue } from './blueprint-inputs.tsx'
import type { Known } from './known.ts'
import { reading } from './said.ts'
import { itemAt } from './shape.ts'

type Asked = BlueprintWritten['inputs'][number]
interface ShareProps {
  readonly home: string
  readonly body: AutomationBody
  readonly known: Known
}

/** The automation as a text for others: what is of this home is asked for, and does not stand in it. */
export function Share({ home, body, known }: ShareProps) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const found = useShared(home, { automation: body }, true)
  const labels = labelsFor(found.data?.inputs ?? [], body, known)
  const said = Object.fromEntries(
    Object.entries(labels).map(([input, label]) => [input, typed[input]?.trim() || label]),
  )
  const wish: BlueprintWrite = {
    automation: body,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    inputs: [...chosen],
    labels: said,
  }
  const { data, error, isBehind } = useShared(home, wish, found.data !== undefined)
  const shown = data ?? found.data
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
      <p className="text-state text-muted">
        <Trans>
          Others get the automation and none of your home: no identifier and no name of a device, room or
          person stands in it. Whoever takes it chooses their own. Look through what is written in your own
          words.
        </Trans>
      </p>
      <TextField label={t`Name of the blueprint`} value={name} maxLength={80} onChange={setName} />
      <TextField
        label={t`What it is good for`}
        value={description}
        maxLength={500}
        onChange={setDescription}
      />
      {shown && (
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-3" aria-label={t`What is asked for`}>
          {shown.inputs.map((each) => (
            <li key={each.input.name}>
              <Asks
                asked={each}
                now={saidValue(each.input, each.now, known)}
                isAsked={each.must || chosen.includes(each.input.name)}
                label={typed[each.input.name] ?? labels[each.input.name] ?? ''}
                onLabel={(label) => setTyped((before) => ({ ...before, [each.input.name]: label }))}
                onAsk={(isAsked) =>
                  setChosen((before) => [
                    ...before.filter((one) => one !== each.input.name),
                    ...(isAsked ? [each.input.name] : []),
                  ])
                }
              />
            </li>
          ))}
        </ul>
      )}
      {data && data.named.length > 0 && <Named names={data.named} />}
      {found.isPending && found.error === null && <BlockSkeleton />}
      <Failure error={found.error ?? error} />
      {places(found.error ?? error).map((path) => (
        <p key={path} className="font-mono text-state">
          {path}
        </p>
      ))}
      {data && error === null && <Written text={data.text} isBehind={isBehind} />}
    </div>
  )
}
const places = (error: Error | null): readonly string[] =>
  isProblem(error, 'automation.not-shareable') ? error.errors.map(({ path }) => path) : []

function Named({ names }: { readonly names: readonly string[] }) {
  const said = list(names.map((each) => t`“${each}”`))
  return (
    <Banner tone="warn">
      <Trans>These words are names in your home as well, and others will read them: {said}</Trans>
    </Banner>
  )
}

function Asks({
  asked: { must },
  now,
  isAsked,
  label,
  onLabel,
  onAsk,
}: {
  readonly asked: Asked
  readonly now: string
  readonly isAsked: boolean
  readonly label: string
  readonly onLabel: (label: string) => void
  readonly onAsk: (isAsked: boolean) => void
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1 rounded-card border border-line bg-surface p-4">
      {must ? (
        <p className="py-1 wrap-anywhere">
          <Trans>Each home chooses its own instead of {now}</Trans>
        </p>
      ) : (
        <Checkbox selected={isAsked} onChange={onAsk}>
          <span className="wrap-anywhere">
            <Trans>Let others change {now}</Trans>
          </span>
        </Checkbox>
      )}
      {isAsked && (
        <TextField label={t`What others are asked`} value={label} maxLength={64} onChange={onLabel} />
      )}
    </div>
  )
}

function Written({ text, isBehind }: { readonly text: string; readonly isBehind: boolean }) {
  const id = useId()
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        <label htmlFor={id} className="text-card">
          <Trans>The blueprint</Trans>
        </label>
        <textarea
          id={id}
          readOnly
          rows={14}
          dir="ltr"
          wrap="off"
          aria-busy={isBehind}
          value={text}
          className={`${inputLook} resize-y overflow-auto py-2 font-mono text-state font-normal`}
        />
      </div>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={text} />
        <Button
          variant="quiet"
          isDisabled={isBehind}
          onPress={() => saveFile('blueprint.yaml', text, 'application/yaml')}
        >
          <Trans>Save as a file</Trans>
        </Button>
      </div>
    </>
  )
}

/** Where the function would say less than what it is. */
const kindWords: Readonly<Partial<Record<DeviceKind, () => string>>> = {
  light: () => t({ context: 'kind', message: 'Light' }),
  plug: () => t`Plug`,
  switch: () => t`Switch`,
  climate: () => t`Heating or climate device`,
  cover: () => t`Blind or garage door`,
  lock: () => t`Lock`,
  fan: () => t`Fan`,
  button: () => t`Button`,
  siren: () => t`Siren`,
  valve: () => t`Valve`,
  camera: () => t`Camera`,
  group: () => t`Group`,
}
/** What others are asked, in words that name nothing of this home; two that would read alike are counted. */
function labelsFor(
  inputs: readonly Asked[],
  body: AutomationBody,
  known: Known,
): Readonly<Record<string, string>> {
  const words = inputs.map((each) => [each.input.name, labelFor(each, body, known)] as const)
  const count = new Map<string, number>()
  return Object.fromEntries(
    words.map(([name, word]) => {
      const nth = (count.get(word) ?? 0) + 1
      count.set(word, nth)
      const isAlone = words.filter(([, each]) => each === word).length === 1
      return [name, isAlone ? word : `${word} ${nth}`]
    }),
  )
}
function labelFor({ input, now, at }: Asked, body: AutomationBody, known: Known): string {
  if (input.kind === 'device') {
    const kind = known.devices.find(({ id }) => id === now)?.kind
    const [first] = input.capabilities ?? []
    const word = kind === undefined ? undefined : kindWords[kind]?.()
    return word ?? (first === undefined ? t`Device` : capabilityName(first))
  }
  if (input.kind === 'number') {
    const item = itemAt(body, at[0]?.replace(/\/[^/]+$/, '') ?? '') as
      | Partial<Record<string, string>>
      | undefined
    return item?.capability !== undefined && item.attribute !== undefined
      ? reading(item.capability, item.attribute)
      : t`Number`
  }
  return {
    room: () => t`Room`,
    scene: () => t`Scene`,
    automation: () => t`Another automation`,
    calendar: () => t`Calendar`,
    meter: () => t`Meter`,
    hook: () => t`Address that is called`,
    place: () => t`Place`,
    mode: () => t`Mode`,
    person: () => t`Who`,
    duration: () => t`How long`,
    time: () => t`Time of day`,
    date: () => t`Date`,
    weekdays: () => t`Days of the week`,
    text: () => t`Words`,
  }[input.kind]()
}
