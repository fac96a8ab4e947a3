import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationWrite, BlueprintFault, BlueprintHead } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChangeAutomations } from '../../data/automations.ts'
import { useBlueprint } from '../../data/blueprints.ts'
import { useConnection } from '../../data/connection.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { Failure } from '../../shell/failure.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { toFaulty } from '../../ui/faulty.ts'
import { TextField } from '../../ui/field.tsx'
import { Part } from '../../ui/part.tsx'
import { PastedFile } from '../../ui/pasted-file.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { LeaveGuard } from '../members/leave-guard.tsx'
import { beginningOf, InputField, type InputValue } from './blueprint-inputs.tsx'
import { Findings } from './findings.tsx'
import { useKnown, type Known } from './known.ts'
import { sentenceOf } from './sentence.ts'
import { TextBox, useTextBox } from './text-box.tsx'
import { textFaultWord, TextFaults } from './text-faults.tsx'

const mostBytes = 500_000

/** An automation made of a text that asks for what is of this home. */
export function BlueprintPage({ home }: { readonly home: string }) {
  const { known, error, retry } = useKnown(home)
  const can = useCan(home)
  useTitle(t`From a blueprint`)
  if (!known) return error ? <QueryError level={1} error={error} retry={retry} /> : <BlockSkeleton />
  if (!can('automation.edit')) return <NotFound />
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-8">
      <header className="grid gap-1">
        <Back to={paths.automations(home)}>
          <Trans>Automations</Trans>
        </Back>
        <h1 className="text-title">
          <Trans>From a blueprint</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>
            A blueprint is an automation that somebody has shared, without what is of their home. You choose
            what it means in yours and see what it would do. Nothing is saved before that, and it can do no
            more than you may.
          </Trans>
        </p>
      </header>
      <From home={home} known={known} />
    </div>
  )
}

function From({ home, known }: { readonly home: string; readonly known: Known }) {
  const [text, setText] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const { box, show } = useTextBox()
  const { data, error, isBehind } = useBlueprint(home, { text })
  const read = text === '' ? undefined : data
  // What still has to be chosen is no fault of the text.
  const faults = (read?.faults ?? []).filter(({ code }) => code !== 'input-missing')
  const head = faults.length === 0 && !isBehind ? read?.blueprint : undefined
  const toLine = (line: number): void => {
    setIsOpen(true)
    // The text is there once what hides it is open.
    setTimeout(() => show(line))
  }
  if (text === '')
    return (
      <PastedFile
        label={t`Blueprint (YAML or JSON)`}
        value={text}
        onChange={(next) => {
          setText(next)
          // Whoever writes it by hand goes on writing.
          setIsOpen(!next.includes('\n'))
        }}
        accept={['.yaml', '.yml', '.json', 'application/yaml', 'application/json']}
        mostBytes={mostBytes}
      />
    )
  return (
    <>
      {head && <Form key={text} home={home} known={known} text={text} head={head} onLine={toLine} />}
      {!head && faults.length > 0 && (
        <Part id="faults" title={t`This blueprint cannot be used`}>
          <TextFaults faults={faults} onLine={toLine} />
        </Part>
      )}
      {read === undefined && error === null && <BlockSkeleton />}
      <Failure error={error} />
      <Disclosure title={t`The text of the blueprint`} open={isOpen} onChange={setIsOpen}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-2">
          <TextBox
            box={box}
            label={t`Blueprint (YAML or JSON)`}
            value={text}
            onChange={setText}
            isFaulty={faults.length > 0}
          />
          <div>
            <Button variant="quiet" onPress={() => setText('')}>
              <Trans>Take another one</Trans>
            </Button>
          </div>
        </div>
      </Disclosure>
    </>
  )
}

/** Whether it is about what was chosen, and not about the text. */
const isOfField = ({ input, path, code }: BlueprintFault): boolean =>
  input !== undefined &&
  code !== 'input-missing' &&
  (/^inputs\.\d+$/.test(path) || (path.startsWith('automation.') && !code.startsWith('input-')))

function Form({
  home,
  known,
  text,
  head,
  onLine,
}: {
  readonly home: string
  readonly known: Known
  readonly text: string
  readonly head: BlueprintHead
  readonly onLine: (line: number) => void
}) {
  const [values, setValues] = useState<Readonly<Record<string, InputValue>>>(() =>
    Object.fromEntries(
      head.inputs.flatMap((input) => {
        const value = beginningOf(input, known)
        return value === undefined ? [] : [[input.name, value] as const]
      }),
    ),
  )
  const { data: seen, error, isBehind } = useBlueprint(home, { text, values })
  const faults = seen?.faults ?? []
  const put = (name: string, value: InputValue | undefined): void =>
    setValues(({ [name]: _before, ...rest }) => (value === undefined ? rest : { ...rest, [name]: value }))
  const errorOf = (name: string): string | undefined => {
    const fault = faults.find((each) => each.input === name && isOfField(each))
    return fault && textFaultWord(fault)
  }
  const others = faults.filter((each) => each.code !== 'input-missing' && !isOfField(each))
  return (
    <>
      <Part id="inputs" title={head.name} lead={head.description}>
        {head.inputs.map((input) => (
          <InputField
            key={input.name}
            input={input}
            known={known}
            value={values[input.name]}
            error={errorOf(input.name)}
            onChange={(value) => put(input.name, value)}
          />
        ))}
      </Part>
      {others.length > 0 && <TextFaults faults={others} onLine={onLine} />}
      <Failure error={error} />
      {seen?.automation === undefined ? (
        <p className="text-state text-muted">
          <Trans>What it would do stands here once everything is chosen.</Trans>
        </p>
      ) : (
        <Made
          home={home}
          known={known}
          automation={seen.automation}
          findings={faults.length === 0 ? seen.checks : undefined}
          isReady={faults.length === 0 && !isBehind}
        />
      )}
    </>
  )
}

/** The automation as it would be saved: one like any other. */
function Made({
  home,
  known,
  automation,
  findings,
  isReady,
}: {
  readonly home: string
  readonly known: Known
  readonly automation: AutomationWrite
  readonly findings: React.ComponentProps<typeof Findings>['findings'] | undefined
  readonly isReady: boolean
}) {
  const { add } = useChangeAutomations(home)
  const { live } = useConnection()
  const navigate = useNavigate()
  const [typed, setTyped] = useState<string>()
  const name = typed ?? automation.name
  const save = (): void =>
    add.mutate(
      { ...automation, name: name.trim() },
      {
        onSuccess: ({ id }) => {
          void navigate({ to: paths.automations(home, `/${id}`), ignoreBlocker: true })
          toasts.show(automation.enabled === false ? t`Saved.` : t`Saved. It is on from now.`)
        },
      },
    )
  const nameIn = (all: readonly { readonly id: string; readonly name: string }[]) => (id: string) =>
    all.find((one) => one.id === id)?.name
  return (
    <>
      <Part id="made" title={t`What it would do`}>
        <p className="rounded-card bg-surface-2 p-4 wrap-anywhere">{sentenceOf(automation, known)}</p>
      </Part>
      {findings && (
        <Part id="looked" title={t`What looks wrong`}>
          <Findings
            findings={findings}
            nameOfAutomation={nameIn(known.automations)}
            nameOfDevice={nameIn(known.devices)}
          />
        </Part>
      )}
      <TextField label={t`Name`} value={name} maxLength={80} onChange={setTyped} />
      <Failure error={add.error} />
      <div>
        <Button
          variant="primary"
          isDisabled={!live || !isReady || add.isPending || add.isSuccess || name.trim() === ''}
          onPress={({ target }) => toFaulty(target.closest('main')) || save()}
        >
          <Trans>Save</Trans>
        </Button>
      </div>
      <LeaveGuard when={!add.isSuccess && !add.isPending} />
    </>
  )
}
