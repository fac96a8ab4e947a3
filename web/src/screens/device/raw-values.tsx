import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { ChevronRight } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'

/** Each value exactly as it is held. */
export function RawValues({ device }: { readonly device: DeviceView }) {
  return (
    <details className="group rounded-card bg-surface-2 px-4">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between text-card">
        <Trans>Raw values</Trans>
        <Icon
          of={ChevronRight}
          className="text-muted transition-[rotate] duration-200 group-open:rotate-90"
        />
      </summary>
      <pre className="pb-4 text-caption break-words whitespace-pre-wrap">
        {JSON.stringify(device.parts, null, 2)}
      </pre>
    </details>
  )
}
