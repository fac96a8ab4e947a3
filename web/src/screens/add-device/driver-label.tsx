import { Trans } from '@lingui/react/macro'
import { t } from '@lingui/core/macro'
import type { DriverEntry } from '@eaves/model/api'
import { Eye, House, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { categoryName } from '../../words/later/categories.ts'
import { list } from '../../words/time.ts'

function Fact({ icon, children }: { readonly icon: LucideIcon; readonly children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <Icon of={icon} size={18} className="mt-0.5 shrink-0 text-muted" />
      <span>{children}</span>
    </li>
  )
}
/** Before anything is linked: what it will read and to whom it talks, from the driver's manifest. // pp.lb.3 */
export function DriverLabel({
  entry,
  builtIn,
}: {
  readonly entry: DriverEntry
  /** The broker that comes with Eaves, not one that is named. */ readonly builtIn?: boolean
}) {
  const partner =
    entry.id !== 'mqtt'
      ? entry.talksTo.length === 0
        ? t`nobody`
        : list(entry.talksTo)
      : builtIn
        ? t`devices that have access data from you, and nothing else`
        : t`the broker you name here, and nothing else`
  return (
    <section aria-labelledby="label" className="grid gap-3 rounded-card border border-line p-4">
      <h2 id="label" className="text-group">
        <Trans>What it will read, and who gets it</Trans>
      </h2>
      <ul className="grid gap-2 text-state font-normal">
        <Fact icon={Eye}>
          <Trans>Reads: {entry.collects.map(categoryName).join(' · ')}</Trans>
        </Fact>
        <Fact icon={Send}>
          <Trans>Talks to: {partner}</Trans>
        </Fact>
        <Fact icon={House}>
          {entry.reach === 'local' ? (
            <Trans>What it reads stays on this server. Nobody else gets it.</Trans>
          ) : (
            <Trans>It talks to a service outside your home.</Trans>
          )}
        </Fact>
      </ul>
    </section>
  )
}
