import { Trans } from '@lingui/react/macro'
import type { Choices, Gate } from '@eaves/model/api'
import type { Purpose } from '@eaves/model'
import { Switch } from '../../ui/switch.tsx'
import { PurposeFacts } from './purpose-facts.tsx'

export interface SwitchesProps {
  readonly purposes: Gate['purposes']
  readonly choices: Choices
  readonly onChange: (purpose: Purpose, given: boolean) => void
}
/** One switch for each optional purpose the server knows, all off, apart from the two acts. // pp.lb.2 */
export function Switches({ purposes, choices, onChange }: SwitchesProps) {
  return (
    <section aria-labelledby="optional" className="grid gap-3">
      <h2 id="optional" className="text-section">
        <Trans>Optional, and off</Trans>
      </h2>
      <p className="text-muted">
        <Trans>
          This is not part of agreeing. Leave it off and everything else works the same; change it at any time
          under Me.
        </Trans>
      </p>
      {purposes.map((purpose) => (
        <article
          key={purpose.purpose}
          className="grid gap-3 rounded-card border border-line bg-surface p-4 md:p-6"
        >
          <Switch
            selected={choices[purpose.purpose] === true}
            onChange={(given) => onChange(purpose.purpose, given)}
            describedBy={`facts-${purpose.purpose}`}
          >
            <span className="min-w-0 text-group wrap-anywhere">{purpose.name}</span>
          </Switch>
          <PurposeFacts id={`facts-${purpose.purpose}`} purpose={purpose} />
        </article>
      ))}
    </section>
  )
}
