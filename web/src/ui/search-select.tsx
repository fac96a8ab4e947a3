import { lazy, Suspense } from 'react'
import { SelectShape } from './select-shape.tsx'

const load = () => import('./search-select-list.tsx').then((module) => ({ default: module.SearchSelectList }))
// With a page that may show one comes what opens it, so that nobody tabs past a shape (as in select.tsx).
void load().catch(() => undefined)
const SearchSelectList = lazy(load)

export interface SearchSelectProps {
  readonly label: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
}
/** One of many: a list that typing narrows. */
export function SearchSelect(props: SearchSelectProps) {
  const { label, options, value, hint } = props
  const shown = options.find(({ id }) => id === value)?.name ?? ''
  return (
    <Suspense fallback={<SelectShape label={label} text={shown} hint={hint} />}>
      <SearchSelectList {...props} />
    </Suspense>
  )
}
