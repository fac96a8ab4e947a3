import { t } from '@lingui/core/macro'
import type { AutomationBody, RunStep, WouldDo } from '@eaves/model/api'
import { codeWords } from '../../words/errors.ts'
import { isolated } from '../../words/later/reach.ts'
import { deviceName, otherName, sceneName, type Names } from './names.ts'
import { actionPhrase, conditionPhrase, triggerPhrase } from './phrases.ts'
import { commands, notWithin, reading, valueWord, wasWithin } from './said.ts'
import {
  isAimed,
  itemAt,
  type Action,
  type ActionOf,
  type Condition,
  type Plain,
  type Trigger,
} from './shape.ts'

export type Tone = 'good' | 'bad' | 'no' | 'quiet'
export interface Line {
  readonly key: string
  readonly text: string
  readonly tone: Tone
  readonly afterMs: number
  readonly tookMs?: number | undefined
}

const why = (code: string): string => codeWords(code)?.title ?? code
/** Whom the step was about in the end, where a room or the home was meant. */
const toldOf = <T extends object>(item: T, { device, part }: RunStep): T => {
  if (device === undefined || !isAimed(item)) return item
  const rest = Object.fromEntries(
    Object.entries(item).filter(
      ([key]) => !['device', 'part', 'room', 'everywhere', 'of', 'match'].includes(key),
    ),
  )
  return { ...rest, device, ...(part === undefined ? {} : { part }) } as T
}
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string'

/** How each run began. */
function beginning(step: RunStep, body: AutomationBody, names: Names): string {
  if (step.at === 'person') return t`Somebody ran it by hand`
  if (step.at === 'run') return t`Another automation ran it`
  const trigger = itemAt(body, step.at) as Trigger | undefined
  if (trigger === undefined) return t`Something set it off`
  const said = triggerPhrase(toldOf(trigger, step), names)
  if (trigger.kind !== 'numeric' || !isPlain(step.seen)) return said
  const value = valueWord(trigger.capability, trigger.attribute, step.seen)
  return t`${said} (it was ${value})`
}

/** What a condition saw: "240 lx was not below 100 lx". */
export function sawWords(step: RunStep, condition: Condition, names: Names): string {
  const about = toldOf(condition, step)
  if (step.code !== undefined) {
    const [sentence, seen] = [conditionPhrase(about, names), why(step.code)]
    return t`${sentence}: ${seen}`
  }
  const { seen, outcome } = step
  const isYes = outcome === 'yes'
  if (condition.kind === 'numeric' && typeof seen === 'number' && step.device !== undefined) {
    const { capability, attribute } = condition
    const name = deviceName(names, step.device, step.part)
    const words = (isYes ? wasWithin : notWithin)(capability, attribute, seen, condition)
    return t`${name}: ${words}`
  }
  if (condition.kind === 'state' && isPlain(seen) && step.device !== undefined && !isYes) {
    const { capability, attribute, is } = condition
    const [name, what] = [deviceName(names, step.device, step.part), reading(capability, attribute)]
    const [was, wanted] = [valueWord(capability, attribute, seen), valueWord(capability, attribute, is)]
    return seen === is
      ? t`${name}: ${what} was “${was}”, but not for long enough`
      : t`${name}: ${what} was “${was}”, not “${wanted}”`
  }
  const said = conditionPhrase(about, names)
  return isYes ? t`So it was: ${said}` : t`Not so: ${said}`
}

/** A question is told by itself: what followed it are steps of their own. */
function askWords({ outcome, code, seen }: RunStep, { text }: ActionOf<'ask'>): string {
  if (outcome === 'done') {
    const answer = typeof seen === 'string' ? seen : ''
    return t`Asked “${text}”. The answer: “${answer}”`
  }
  if (outcome === 'waited') return t`Asked “${text}”`
  const reason = why(code ?? 'automation.unanswered')
  return t`Asked “${text}”. ${reason}`
}
function actionWords(step: RunStep, action: Action, names: Names): string {
  if (action.kind === 'ask') return askWords(step, action)
  const said = actionPhrase(toldOf(action, step), names)
  const sentence = said.charAt(0).toLocaleUpperCase() + said.slice(1)
  if (step.outcome === 'skipped') {
    const reason = why(step.code ?? 'automation.held')
    return t`${sentence}. It was left alone: ${reason}`
  }
  if (step.outcome === 'failed') {
    const reason = why(step.code ?? 'server.fault')
    return t`${sentence}. It failed: ${reason}`
  }
  if (step.outcome === 'done' && step.code !== undefined) {
    const reason = why(step.code)
    return t`${sentence}. ${reason}`
  }
  if (action.kind === 'set' && isPlain(step.seen)) {
    const seen = String(step.seen)
    return t`${sentence}: ${seen}`
  }
  if (step.outcome === 'timed-out') return t`${sentence}. The time was up.`
  return sentence
}

function wordsOf(step: RunStep, body: AutomationBody, names: Names): Pick<Line, 'text' | 'tone'> {
  const { at, outcome } = step
  if (at === 'person' || at === 'run' || at.startsWith('triggers'))
    return { text: beginning(step, body, names), tone: 'quiet' }
  const item = itemAt(body, at) as Condition | Action | undefined
  if (item === undefined)
    return { text: why(step.code ?? 'server.fault'), tone: outcome === 'failed' ? 'bad' : 'quiet' }
  if (outcome === 'yes' || outcome === 'no') {
    const said = sawWords(step, item as Condition, names)
    const isDecisive = /^conditions\/\d+$/.test(at)
    return outcome === 'no' && isDecisive
      ? { text: t`Skipped: ${said}`, tone: 'no' }
      : { text: said, tone: outcome === 'yes' ? 'good' : 'quiet' }
  }
  return {
    text: actionWords(step, item as Action, names),
    tone: outcome === 'done' ? 'good' : outcome === 'waited' || outcome === 'skipped' ? 'quiet' : 'bad',
  }
}

/** The repetition that a step lies within, the outermost. */
function repetition(body: AutomationBody, at: string): string | undefined {
  const keys = at.split('/')
  for (let i = 2; i < keys.length; i++) {
    const path = keys.slice(0, i).join('/')
    if ((itemAt(body, path) as { kind?: string } | undefined)?.kind === 'repeat') return path
  }
  return undefined
}
/** A run, line by line; a repetition is told once, with how often, and where it failed. */
export function linesOf(steps: readonly RunStep[], body: AutomationBody, names: Names): Line[] {
  const lines: Line[] = []
  const tell = (step: RunStep, index: number): void => {
    const { text, tone } = wordsOf(step, body, names)
    lines.push({ key: String(index), text, tone, afterMs: step.afterMs, tookMs: step.tookMs })
  }
  for (let i = 0; i < steps.length;) {
    const path = repetition(body, steps[i]!.at)
    if (path === undefined) {
      tell(steps[i]!, i++)
      continue
    }
    const first = steps[i]!.at
    let rounds = 0
    for (; i < steps.length && repetition(body, steps[i]!.at) === path; i++) {
      if (steps[i]!.at === first) rounds++
      if (rounds <= 1 || steps[i]!.outcome === 'failed') tell(steps[i]!, i)
    }
    const more = rounds - 1
    if (more > 0)
      lines.push({
        key: `${path}+`,
        text: t`The same ${more} more times`,
        tone: 'quiet',
        afterMs: steps[i - 1]!.afterMs,
      })
  }
  return lines
}

/** What would be sent, to whom, in words. */
export function wouldWords(would: WouldDo, names: Names): string {
  switch (would.kind) {
    case 'command': {
      const name = deviceName(names, would.device ?? '', would.part)
      return commands(name, would.capability ?? '', would.command ?? '', would.args ?? {})
    }
    case 'scene': {
      const name = sceneName(names, would.scene ?? '')
      return t`start the scene ${name}`
    }
    case 'run': {
      const name = otherName(names, would.automation ?? '')
      return t`run “${name}”`
    }
    case 'mode':
      return actionPhrase({ kind: 'mode', to: would.mode ?? 'home' }, names)
    case 'alarm':
      return actionPhrase({ kind: 'alarm', to: would.to === 'night' ? 'night' : 'away' }, names)
    case 'webhook': {
      const host = isolated(would.host ?? '')
      return t`call ${host}`
    }
    case 'notify':
      return actionPhrase(
        {
          kind: 'notify',
          to: (would.to ?? 'author') as 'author',
          text: would.text ?? '',
          ...(would.answers === undefined
            ? {}
            : { answers: would.answers.map((label, i) => ({ id: String(i), label })) }),
        },
        names,
      )
    case 'ask': {
      const [text, labels] = [would.text ?? '', (would.answers ?? []).join(' / ')]
      return t`ask “${text}” (${labels}); nobody was asked, so it goes on as without an answer`
    }
  }
}
/** The command itself, to the letter. */
export const exactly = ({ capability, command, args }: WouldDo): string | undefined =>
  command === undefined ? undefined : `${capability}.${command} ${JSON.stringify(args ?? {})}`
export const failWords = why
