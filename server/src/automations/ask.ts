import type { AutomationAction, NoticeAnswer } from '@eaves/model/api'
import { codeOf } from './codes.ts'
import type { PerformDeps, Performing } from './perform.ts'
import type { Run } from './run.ts'

export type Ask = Extract<AutomationAction, { kind: 'ask' }>

/** What was asked, while a run waits for it. */
export interface Asked {
  /** Which answer was given. */
  answer: number | undefined
  /** Called when it is given. */
  hear: () => void
  /** It is waited for no longer. */
  close: () => void
  /** Nobody was asked: it is only tried. */
  readonly isTried?: true
}

/** The answers of a question by their place among them. */
export const answersOf = ({ answers }: Ask): NoticeAnswer[] =>
  answers.map(({ label }, i) => ({ id: String(i), label }))

type Perform = (run: Run, actions: readonly AutomationAction[], base: string) => Performing

/** Asks, waits, and goes the way of the first answer; of none, or when nobody could be asked, the other way. */
export function* ask(deps: PerformDeps, run: Run, action: Ask, at: string, perform: Perform): Performing {
  const began = deps.now()
  const step = run.note({ at, afterMs: began - run.at, outcome: 'waited' })
  const otherwise = () => perform(run, action.otherwise ?? [], `${at}/otherwise`)
  let asked: Asked
  try {
    asked = deps.hands.ask(run.act(at), action)
  } catch (error) {
    step.outcome = 'failed'
    step.code = codeOf(error)
    run.hasFailed = true
    return yield* otherwise()
  }
  yield { kind: 'answer', asked, ms: action.timeoutSeconds * 1_000 }
  step.tookMs = deps.now() - began
  const answer = asked.answer === undefined ? undefined : action.answers[asked.answer]
  if (answer === undefined) {
    step.outcome = 'timed-out'
    step.code = asked.isTried === true ? 'automation.not-asked' : 'automation.unanswered'
    return yield* otherwise()
  }
  step.outcome = 'done'
  step.seen = answer.label
  yield* perform(run, answer.then, `${at}/answers/${asked.answer}/then`)
}

/** The ways that a question leads to, each with its place. */
export function waysOf({
  answers,
  otherwise = [],
}: Ask): { readonly at: string; readonly then: readonly AutomationAction[] }[] {
  return [
    ...answers.map(({ then }, i) => ({ at: `answers/${i}/then`, then })),
    { at: 'otherwise', then: otherwise },
  ]
}
