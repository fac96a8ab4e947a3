import { t } from '@lingui/core/macro'
import { mostFadeSeconds } from '@eaves/model'
import { useState } from 'react'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { typed } from '../../words/numbers.ts'
import { fadeTime } from './words.ts'

const usual = [1, 3, 10, 30, 60] as const
const shortestSeconds = 0.1

/** Over how long brightness and colour change; `none` is what it says where nothing is chosen. */
export function Fade({
  value,
  none,
  onChange,
}: {
  readonly value: number | undefined
  readonly none: { readonly name: string; readonly isAtOnce: boolean }
  readonly onChange: (seconds: number | undefined) => void
}) {
  const [own, setOwn] = useState(value !== undefined && value > 0 && !isUsual(value))
  const chosen = own ? 'own' : value === undefined ? 'none' : String(value)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Select
        label={t`Fade over`}
        value={chosen}
        options={[
          { id: 'none', name: none.name },
          ...(none.isAtOnce ? usual : [0, ...usual]).map((seconds) => ({
            id: String(seconds),
            name: fadeTime(seconds),
          })),
          { id: 'own', name: t`Another time` },
        ]}
        onChange={(next) => {
          setOwn(next === 'own')
          if (next !== 'own') onChange(next === 'none' ? undefined : Number(next))
          else if (value === undefined || value === 0) onChange(usual[1])
        }}
      />
      {own && <Seconds value={value ?? usual[1]} onChange={onChange} />}
    </div>
  )
}
const isUsual = (seconds: number): boolean => (usual as readonly number[]).includes(seconds)

function Seconds({
  value,
  onChange,
}: {
  readonly value: number
  readonly onChange: (seconds: number) => void
}) {
  const [text, setText] = useState(String(value))
  const typed = secondsIn(text)
  return (
    <TextField
      label={t`Seconds to fade`}
      value={text}
      inputMode="decimal"
      maxLength={6}
      hint={t`From ${shortestSeconds} to ${mostFadeSeconds}`}
      error={typed === undefined ? t`This number does not fit.` : undefined}
      onChange={(next) => {
        setText(next)
        const seconds = secondsIn(next)
        if (seconds !== undefined) onChange(seconds)
      }}
    />
  )
}

/** Whole tenths within what a scene takes; a comma is a point. */
export function secondsIn(text: string): number | undefined {
  const seconds = Math.round(Number(typed(text)) * 10) / 10
  return seconds >= shortestSeconds && seconds <= mostFadeSeconds ? seconds : undefined
}
