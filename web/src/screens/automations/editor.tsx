import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationBody, AutomationView } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { isProblem } from '../../data/api.ts'
import { useChangeAutomations, useReplay, useReread, useTry } from '../../data/automations.ts'
import { useConnection } from '../../data/connection.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { toasts } from '../../ui/toasts.ts'
import { LeaveGuard } from '../members/leave-guard.tsx'
import { Clash } from './clash.tsx'
import { Looked } from './looked.tsx'
import { draftOf, isComplete, toBody, type Draft } from './draft.ts'
import { faultsOf, faultWord } from './faults.ts'
import { ActionList, ConditionList, TriggerList } from './lists.tsx'
import { MoreFields } from './more.tsx'
import { nameFor, sentenceOf } from './sentence.ts'
import type { Known } from './known.ts'
import { TextView } from './text-view.tsx'
import { Replayed, Tried } from './trial.tsx'

interface EditorProps {
  readonly home: string
  readonly known: Known
  readonly automation: AutomationView | undefined
  readonly begin: Draft
  readonly onSaved?: (automation: AutomationView) => void
}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** "When … if … then …", to be tried before anything of it is true. */
export function Editor({ home, known, automation, begin, onSaved }: EditorProps) {
  const [draft, setDraft] = useState(begin)
  const saving = useSaving({ home, known, automation, draft, onSaved })
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }))
  const complete = isComplete(draft)
  const trials = useTrials(home, toBody(draft, known))
  const faults = faultsOf(saving.error ?? trials.error)
  const lists = { home, known, faults }
  const whole = faults.filter(({ path }) => !/^(triggers|conditions|actions)\./.test(path))
  const hasChanged = !same(draft, begin)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Section
        id="when"
        title={t({ context: 'automation', message: 'When' })}
        hint={t`Any of these is enough.`}
        several={draft.triggers.length > 1}
      >
        <TriggerList
          {...lists}
          path="triggers"
          items={draft.triggers}
          onChange={(triggers) => change({ triggers })}
        />
      </Section>
      <Section
        id="if"
        title={t`If`}
        hint={t`All of these have to be so.`}
        several={draft.conditions.length > 1}
      >
        <ConditionList
          {...lists}
          path="conditions"
          items={draft.conditions}
          onChange={(conditions) => change({ conditions })}
        />
      </Section>
      <Section id="then" title={t`Then`} hint={t`One after the other.`} several={draft.actions.length > 1}>
        <ActionList
          {...lists}
          path="actions"
          items={draft.actions}
          onChange={(actions) => change({ actions })}
        />
      </Section>
      {complete && (automation === undefined || hasChanged) && (
        <p className="rounded-card bg-surface-2 p-4 wrap-anywhere">
          {sentenceOf(toBody(draft, known), known)}
        </p>
      )}
      <MoreFields
        draft={draft}
        suggested={complete ? nameFor(toBody(draft, known), known) : ''}
        onChange={change}
      />
      <Failure error={saving.error ?? trials.error} />
      {whole.map(({ path, code }) => (
        <Banner key={path + code} tone="warn">
          {faultWord(code)}
        </Banner>
      ))}
      {saving.clash && automation && (
        <Clash
          mine={toBody(draft, known)}
          theirs={saving.clash}
          names={known}
          onMine={() => saving.save(saving.clash!.version)}
          onTheirs={() => onSaved?.(saving.clash!)}
        />
      )}
      <Acts
        trials={trials}
        canSave={complete && !saving.busy && (automation === undefined || hasChanged)}
        onSave={() => saving.save(automation?.version)}
        isComplete={complete}
        isBegun={draft.triggers.length > 0 && draft.actions.length > 0}
      />
      {trials.tried && (
        <>
          <Tried tried={trials.tried} body={trials.body} names={known} />
          <Looked home={home} names={known} id={automation?.id} body={trials.body} always />
        </>
      )}
      {trials.replayed && <Replayed replay={trials.replayed} body={trials.body} names={known} />}
      <TextView home={home} draft={draft} known={known} onTake={(body) => setDraft(draftOf(body))} />
      <LeaveGuard when={hasChanged && !saving.isSaved} />
    </div>
  )
}

function Section({
  id,
  title,
  hint,
  several,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly hint: string
  readonly several: boolean
  readonly children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id={id} className="text-section">
          {title}
        </h2>
        {several && <p className="text-state text-muted">{hint}</p>}
      </div>
      {children}
    </section>
  )
}

/** Saves what is written; when somebody else saved first, says what they wrote. */
function useSaving({
  home,
  known,
  automation,
  draft,
  onSaved,
}: Pick<EditorProps, 'home' | 'known' | 'automation' | 'onSaved'> & { readonly draft: Draft }) {
  const { add, edit } = useChangeAutomations(home)
  const reread = useReread(home)
  const navigate = useNavigate()
  const [clash, setClash] = useState<AutomationView>()
  const [isSaved, setIsSaved] = useState(false)
  const isClash = isProblem(edit.error, 'input.conflict')
  const save = (version: number | undefined): void => {
    const body = toBody(draft, known)
    if (automation === undefined || version === undefined)
      return add.mutate(body, {
        onSuccess: ({ id }) => {
          setIsSaved(true)
          void navigate({ to: paths.automations(home, `/${id}`), ignoreBlocker: true })
          toasts.show(t`Saved. It is on from now.`)
        },
      })
    setClash(undefined)
    edit.mutate(
      { automation: automation.id, version, ...body },
      {
        onSuccess: (view) => {
          onSaved?.(view)
          toasts.show(t`Saved.`)
        },
        onError: (error) => {
          if (isProblem(error, 'input.conflict')) void reread(automation.id).then(setClash)
        },
      },
    )
  }
  return {
    save,
    clash,
    isSaved,
    busy: add.isPending || edit.isPending || (automation === undefined && isSaved),
    error: isClash && clash !== undefined ? null : (edit.error ?? add.error),
  }
}

interface Trials {
  readonly tried: ReturnType<typeof useTry>['data']
  readonly replayed: ReturnType<typeof useReplay>['data']
  readonly error: Error | null
  /** What was tried, which may be older than what is written now. */
  readonly body: AutomationBody
  readonly busy: boolean
  readonly tryNow: () => void
  readonly replay: ((days: number) => void) | undefined
}
function useTrials(home: string, now: AutomationBody): Trials {
  const once = useTry(home)
  const over = useReplay(home)
  const can = useCan(home)
  const [body, setBody] = useState(now)
  const begin = (): void => {
    once.reset()
    over.reset()
    setBody(now)
  }
  return {
    tried: once.data,
    replayed: over.data,
    error: once.error ?? over.error,
    body,
    busy: once.isPending || over.isPending,
    tryNow: () => {
      begin()
      once.mutate(now)
    },
    replay: can('history.read')
      ? (days) => {
          begin()
          over.mutate({ automation: now, days })
        }
      : undefined,
  }
}

function Acts({
  trials: { tryNow, replay, busy },
  canSave,
  onSave,
  isComplete: complete,
  isBegun,
}: {
  readonly trials: Trials
  readonly canSave: boolean
  readonly onSave: () => void
  readonly isComplete: boolean
  readonly isBegun: boolean
}) {
  const { live } = useConnection()
  const [days, setDays] = useState<'7' | '30'>('7')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {!complete && (
        <p className="text-state text-muted">
          {isBegun ? (
            <Trans>It can be tried and saved once no condition and no step above is empty any more.</Trans>
          ) : (
            <Trans>It can be tried and saved once it says what happens and what is done.</Trans>
          )}
        </p>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Button variant="primary" isDisabled={!live || !canSave} onPress={onSave}>
          <Trans>Save</Trans>
        </Button>
        <Button isDisabled={!live || !complete || busy} onPress={tryNow}>
          <Trans>Try it now</Trans>
        </Button>
        {replay && (
          <>
            <Button isDisabled={!live || !complete || busy} onPress={() => replay(Number(days))}>
              <Trans>Replay</Trans>
            </Button>
            <Select
              label={t`Days to replay`}
              hideLabel
              value={days}
              options={[
                { id: '7', name: t`the last 7 days` },
                { id: '30', name: t`the last 30 days` },
              ]}
              onChange={setDays}
            />
          </>
        )}
      </div>
    </div>
  )
}
