import { lazy, Suspense } from 'react'
import { SelectShape } from './select-shape.tsx'

const load = () => import('./select-list.tsx').then((module) => ({ default: module.SelectList }))
// With a page that may show one comes what opens it, so that nobody tabs past a shape. Lost on the way, it is asked for again.
void load().catch(() => undefined)
const SelectList = lazy(load)

export interface SelectProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly id: T; readonly name: string }[]
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly hideLabel?: boolean
}
/** One of a few that are not all in sight. */
export function Select<T extends string>({ onChange, ...props }: SelectProps<T>) {
  const { label, hideLabel, options, value, placeholder } = props
  const shown = options.find(({ id }) => id === value)?.name ?? placeholder ?? '–'
  return (
    <Suspense fallback={<SelectShape label={hideLabel ? undefined : label} text={shown} />}>
      <SelectList {...props} onChange={(next) => onChange(next as T)} />
    </Suspense>
  )
}
