import { Banner } from '../ui/banner.tsx'
import { errorWords } from '../words/errors.ts'

/** What went wrong with a form, above it. */
export function Failure({ error }: { readonly error: Error | null }) {
  if (error === null) return null
  const { title, todo, reference } = errorWords(error)
  return (
    <div role="alert">
      <Banner tone="alert">
        {title} {todo}
        {reference !== undefined && <code className="block text-caption select-all">{reference}</code>}
      </Banner>
    </div>
  )
}
