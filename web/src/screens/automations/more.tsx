import { t } from '@lingui/core/macro'
import { Disclosure } from '../../ui/disclosure.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { useState } from 'react'
import type { Draft } from './draft.ts'
import { NumberField } from './fields.tsx'
import { modeHint, modeIds, modeWord } from './modes.ts'

const mostLabels = 10
/** "light, night" as labels: no empty ones, none twice. */
export const labelsIn = (text: string): string[] =>
  [
    ...new Set(
      text
        .split(/[,，、]/)
        .map((each) => each.trim().slice(0, 64))
        .filter((each) => each !== ''),
    ),
  ].slice(0, mostLabels)

/** What it is called, and what few people ever change. */
export function MoreFields({
  draft,
  suggested,
  onChange,
}: {
  readonly draft: Draft
  readonly suggested: string
  readonly onChange: (part: Partial<Draft>) => void
}) {
  const [labels, setLabels] = useState(draft.labels.join(', '))
  return (
    <>
      <TextField
        label={t`Name`}
        value={draft.name}
        maxLength={80}
        onChange={(name) => onChange({ name })}
        hint={
          draft.name.trim() === '' && suggested !== '' ? t`Left empty, it is called: ${suggested}` : undefined
        }
      />
      <Disclosure title={t`More`}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
          <RadioGroup
            label={t`When it happens again while it runs`}
            value={draft.mode}
            options={modeIds.map((id) => ({ id, name: modeWord(id), hint: modeHint(id) }))}
            onChange={(mode) =>
              onChange({ mode, most: mode === 'queued' || mode === 'parallel' ? draft.most : undefined })
            }
          />
          {(draft.mode === 'queued' || draft.mode === 'parallel') && (
            <NumberField
              label={t`At most so many at once`}
              value={draft.most}
              min={2}
              max={20}
              optional
              onChange={(most) => onChange({ most })}
            />
          )}
          <TextField
            label={t`Labels`}
            value={labels}
            maxLength={400}
            hint={t`Separated by commas, to find it again`}
            onChange={(text) => {
              setLabels(text)
              onChange({ labels: labelsIn(text) })
            }}
          />
          <TextField
            label={t`Description`}
            value={draft.description}
            maxLength={500}
            onChange={(description) => onChange({ description })}
          />
        </div>
      </Disclosure>
    </>
  )
}
