import { lazy, Suspense, useEffect, useState } from 'react'
import { onAskFirst, type Question } from '../data/ask-first.ts'
import type { Failure, Target } from '../data/pending.ts'
import { controls, onProof } from '../data/session.ts'
import { loadLaterWords } from '../words/locale.ts'

const load = async () =>
  (await Promise.all([import('../screens/device/proof-dialogs.tsx'), loadLaterWords()]))[0]
const PinDialog = lazy(async () => ({ default: (await load()).PinDialog }))
const AskDialog = lazy(async () => ({ default: (await load()).AskDialog }))

export interface Asked {
  readonly key: string
  readonly target: Target
  readonly failure: Failure
  /** Rises with each asking, so that a second wrong PIN is a new one. */
  readonly turn: number
}

/** Puts the questions that stand between a wish and a lock: the PIN that the home asks for, and whether it is meant. */
export function Proofs({
  home,
  isAway = false,
}: {
  readonly home: string | undefined
  /** Nobody is there to answer: what was asked is taken back. */
  readonly isAway?: boolean
}) {
  const [asked, setAsked] = useState<Asked>()
  const [question, setQuestion] = useState<Question>()
  useEffect(() => {
    let turn = 0
    onProof((key, target, failure) => setAsked({ key, target, failure, turn: ++turn }))
    onAskFirst(setQuestion)
    return () => {
      onProof(undefined)
      onAskFirst(undefined)
    }
  }, [])
  useEffect(() => {
    if (!isAway) return
    if (asked) controls.dismiss(asked.key)
    setAsked(undefined)
    setQuestion(undefined)
  }, [isAway, asked])
  return (
    <Suspense fallback={null}>
      {asked && home !== undefined && (
        <PinDialog key={asked.key} home={home} asked={asked} onClose={() => setAsked(undefined)} />
      )}
      {question && <AskDialog question={question} onClose={() => setQuestion(undefined)} />}
    </Suspense>
  )
}
