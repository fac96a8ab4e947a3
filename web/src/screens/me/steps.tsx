import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Row } from './page.tsx'

/** One thing that is so, by its name. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Row>
      <span className="text-state font-normal text-muted">{name}</span>
      <span className="text-body">{children}</span>
    </Row>
  )
}

/** What stands under a heading of its own, as narrow as it is. */
export function Section({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="grid justify-items-start gap-3">
      <h2 id={id} className="text-section">
        {title}
      </h2>
      {children}
    </section>
  )
}

/** Something to do on the machine that runs Eaves. */
export function Step({
  id,
  title,
  command,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly command: string
  readonly children: ReactNode
}) {
  return (
    <Section id={id} title={title}>
      <p>{children}</p>
      <div className="flex flex-wrap items-center gap-3">
        <code className="break-all select-all">{command}</code>
        <CopyButton text={command} label={t`The command`} />
      </div>
    </Section>
  )
}
