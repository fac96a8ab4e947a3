import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { actionKit, conditionKit, triggerKit } from './kits.ts'
import { ListEditor, type ListProps } from './rows.tsx'
import {
  isChosen,
  deepest,
  isEditable,
  noTrigger,
  type Action,
  type ActionOf,
  type Condition,
  type Trigger,
} from './shape.ts'
import { useStepTrial } from './step-trial.tsx'

const most = { triggers: 20, conditions: 30, actions: 50, options: 10 } as const

export function TriggerList(props: ListProps<Trigger>) {
  return <ListEditor {...props} kit={triggerKit} most={most.triggers} />
}

/** All of them hold; one of several is a group of its own, one deep. */
export function ConditionList(props: ListProps<Condition>) {
  const { depth = 0 } = props
  return (
    <ListEditor
      {...props}
      kit={conditionKit}
      most={most.conditions}
      isFixed={(each) => !isEditable(each, depth)}
      nested={(each, onChange, path) =>
        (each.kind === 'and' || each.kind === 'or') && (
          <Inset>
            <Segmented
              label={t`How many of these`}
              value={each.kind}
              options={[
                { id: 'or', name: t`One is enough` },
                { id: 'and', name: t`All of them` },
              ]}
              onChange={(kind) => onChange({ kind, conditions: each.conditions })}
            />
            <ConditionList
              {...props}
              depth={depth + 1}
              path={`${path}.conditions`}
              items={each.conditions}
              onChange={(conditions) => onChange({ kind: each.kind, conditions })}
            />
          </Inset>
        )
      }
    />
  )
}
function Inset({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-s-2 border-line ps-3">
      {title && <p className="text-state text-muted">{title}</p>}
      {children}
    </div>
  )
}

export function ActionList(props: ListProps<Action>) {
  const { depth = 0, home, known } = props
  const acts = useStepTrial(home, known)
  return (
    <ListEditor
      {...props}
      kit={actionKit}
      acts={acts}
      most={most.actions}
      isFixed={(each) =>
        depth >= deepest && (each.kind === 'choose' || each.kind === 'repeat' || each.kind === 'ask')
      }
      nested={(each, onChange, path) => (
        <NestedAction {...props} depth={depth} action={each} onAction={onChange} place={path} />
      )}
    />
  )
}
type NestedProps<K extends Action['kind']> = ListProps<Action> & {
  readonly action: ActionOf<K>
  readonly onAction: (action: Action) => void
  readonly place: string
}
function NestedAction(props: NestedProps<Action['kind']>) {
  const { action } = props
  if (action.kind === 'wait') return <Until {...props} action={action} />
  if (action.kind === 'ask') return <Answered {...props} action={action} />
  if (action.kind === 'waitFor') return <Happening {...props} action={action} />
  if (action.kind === 'repeat') return <Repeated {...props} action={action} />
  return action.kind === 'choose' ? <Chosen {...props} action={action} /> : null
}
/** One condition, or several as a group, within an action. */
function conditionsIn(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return []
  return condition.kind === 'and' ? condition.conditions : [condition]
}
const together = (conditions: readonly Condition[]): Condition =>
  conditions.length === 1 ? conditions[0]! : { kind: 'and', conditions }

function Until({ action, onAction, place, depth = 0, ...rest }: NestedProps<'wait'>) {
  return (
    <Inset title={t`Until`}>
      <ConditionList
        {...rest}
        depth={depth + 1}
        path={`${place}.until`}
        items={conditionsIn(action.until)}
        onChange={(conditions) => onAction({ ...action, until: together(conditions) })}
      />
    </Inset>
  )
}
function Happening({ action, onAction, place, ...rest }: NestedProps<'waitFor'>) {
  const { trigger } = action
  return (
    <Inset title={t`Until`}>
      <ListEditor
        {...rest}
        kit={triggerKit}
        most={1}
        path={`${place}.trigger`}
        items={isChosen(trigger) ? [trigger] : []}
        onChange={([next = noTrigger]) => onAction({ ...action, trigger: next })}
      />
    </Inset>
  )
}
function Repeated({ action, onAction, place, depth = 0, ...rest }: NestedProps<'repeat'>) {
  return (
    <>
      <Inset title={t`Each time`}>
        <ActionList
          {...rest}
          depth={depth + 1}
          path={`${place}.actions`}
          items={action.actions}
          onChange={(actions) => onAction({ ...action, actions })}
        />
      </Inset>
      <Inset title={t`Only while this holds`}>
        <ConditionList
          {...rest}
          depth={depth + 1}
          path={`${place}.while`}
          items={conditionsIn(action.while)}
          onChange={(conditions) => {
            const { while: _gone, ...others } = action
            onAction(conditions.length === 0 ? others : { ...others, while: together(conditions) })
          }}
        />
      </Inset>
    </>
  )
}
function Answered({ action, onAction, place, depth = 0, ...rest }: NestedProps<'ask'>) {
  const { answers, otherwise } = action
  return (
    <>
      {answers.map(({ label, then }, at) => (
        <Inset key={at} title={t`If the answer is “${label}”`}>
          <ActionList
            {...rest}
            depth={depth + 1}
            path={`${place}.answers.${at}.then`}
            items={then}
            onChange={(next) => onAction({ ...action, answers: answers.with(at, { label, then: next }) })}
          />
        </Inset>
      ))}
      <Inset title={t`If nobody answers`}>
        <ActionList
          {...rest}
          depth={depth + 1}
          path={`${place}.otherwise`}
          items={otherwise ?? []}
          onChange={(next) => {
            const { otherwise: _gone, ...others } = action
            onAction(next.length === 0 ? others : { ...others, otherwise: next })
          }}
        />
      </Inset>
    </>
  )
}
function Chosen({ action, onAction, place, depth = 0, ...rest }: NestedProps<'choose'>) {
  const { options, otherwise } = action
  const put = (at: number, part: Partial<(typeof options)[number]>): void =>
    onAction({ ...action, options: options.map((each, i) => (i === at ? { ...each, ...part } : each)) })
  return (
    <>
      {options.map(({ when, then }, at) => (
        <Inset key={at} title={at === 0 ? t`If` : t`Or else, if`}>
          <ConditionList
            {...rest}
            depth={depth + 1}
            path={`${place}.options.${at}.when`}
            items={when}
            onChange={(next) => put(at, { when: next })}
          />
          <p className="text-state text-muted">
            <Trans>then</Trans>
          </p>
          <ActionList
            {...rest}
            depth={depth + 1}
            path={`${place}.options.${at}.then`}
            items={then}
            onChange={(next) => put(at, { then: next })}
          />
          {options.length > 1 && (
            <div>
              <Button
                variant="quiet"
                icon={Trash2}
                onPress={() => onAction({ ...action, options: options.filter((_, i) => i !== at) })}
              >
                <Trans>Remove this way</Trans>
              </Button>
            </div>
          )}
        </Inset>
      ))}
      {options.length < most.options && (
        <div>
          <Button
            variant="quiet"
            icon={Plus}
            onPress={() => onAction({ ...action, options: [...options, { when: [], then: [] }] })}
          >
            <Trans>Another way</Trans>
          </Button>
        </div>
      )}
      <Inset title={t`Otherwise`}>
        <ActionList
          {...rest}
          depth={depth + 1}
          path={`${place}.otherwise`}
          items={otherwise ?? []}
          onChange={(next) => {
            const { otherwise: _gone, ...others } = action
            onAction(next.length === 0 ? others : { ...others, otherwise: next })
          }}
        />
      </Inset>
    </>
  )
}
