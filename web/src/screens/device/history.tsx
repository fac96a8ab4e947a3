import { lazy, Suspense, type ComponentProps } from 'react'
import { BlockSkeleton } from '../../ui/skeleton.tsx'

const Drawn = lazy(() => import('./history-chart.tsx').then((module) => ({ default: module.HistoryChart })))
/** The chart comes after the controls, which are wanted first. */
export function HistoryChart(props: ComponentProps<typeof Drawn>) {
  return (
    <Suspense fallback={<BlockSkeleton />}>
      <Drawn {...props} />
    </Suspense>
  )
}
