import { Trans } from '@lingui/react/macro'
import type { DeviceDetail } from '@eaves/model'
import { Cloud, House } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { categoryName, recipientName } from '../../words/later/categories.ts'
import { list } from '../../words/time.ts'

/** What this device senses and who gets it. */
export function PrivacyLabel({ privacy }: { readonly privacy: DeviceDetail['privacy'] }) {
  const local = privacy.reach === 'local'
  return (
    <section data-tint={local ? 'secure' : 'warn'} className="grid gap-3 rounded-card bg-tint p-4">
      <h3 className="flex items-center gap-2 text-group">
        <span className="text-tint-ink">
          <Icon of={local ? House : Cloud} />
        </span>
        {local ? <Trans>Stays in your home</Trans> : <Trans>Uses a maker’s cloud</Trans>}
      </h3>
      <dl className="grid gap-2 text-body">
        <div>
          <dt className="text-state text-muted">
            <Trans>What it senses</Trans>
          </dt>
          <dd>
            {privacy.categories.length === 0 ? (
              <Trans>Nothing about people</Trans>
            ) : (
              privacy.categories.map(categoryName).join(' · ')
            )}
          </dd>
        </div>
        <div>
          <dt className="text-state text-muted">
            <Trans>Who gets it</Trans>
          </dt>
          <dd>
            {privacy.recipients.length === 0 ? (
              <Trans>Only the people of this home</Trans>
            ) : (
              list(privacy.recipients.map(recipientName))
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}
