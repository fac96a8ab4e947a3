import { Trans } from '@lingui/react/macro'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Cards in their final geometry; shows itself only when loading takes longer than 200 ms. */
export function CardSkeletons({ count = 6 }: { readonly count?: number }) {
  return (
    <div className="card-grid" role="status">
      <VisuallyHidden>
        <Trans>Loading</Trans>
      </VisuallyHidden>
      {Array.from({ length: count }, (_, i) => (
        <div key={i} className="skeleton min-h-32 rounded-card" />
      ))}
    </div>
  )
}
export function LineSkeleton({ wide }: { readonly wide?: boolean }) {
  return (
    <div
      className={wide ? 'skeleton h-10 w-64 max-w-full rounded-control' : 'skeleton h-5 w-40 rounded-control'}
    />
  )
}
export function BlockSkeleton() {
  return (
    <div role="status" className="skeleton min-h-48 rounded-card">
      <VisuallyHidden>
        <Trans>Loading</Trans>
      </VisuallyHidden>
    </div>
  )
}
