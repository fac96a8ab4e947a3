import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { ReplacementPreview } from '@eaves/model/api'
import { Check, Minus, Plus, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useReplacement } from '../../data/care.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { capabilityName, readingName } from '../../words/later/capabilities.ts'
import { list } from '../../words/time.ts'
import { vendorName } from '../../words/values.ts'

type Path = ReplacementPreview['lacks'][number]
type Warning = ReplacementPreview['warnings'][number]

export function Preview({
  home,
  device,
  other,
  busy,
  error,
  onReplace,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly other: DeviceView
  readonly busy: boolean
  readonly error: Error | null
  readonly onReplace: () => void
}) {
  const preview = useReplacement(home, device.id, other.id)
  const { live } = useConnection()
  if (preview.error && !preview.data) return <QueryError error={preview.error} retry={preview.refetch} />
  if (!preview.data) return <BlockSkeleton />
  return (
    <div className="grid gap-6">
      {preview.data.warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {warningWord(warning, device, other)}
        </Banner>
      ))}
      <Goes preview={preview.data} device={device} />
      <Ends preview={preview.data} other={other} />
      <Failure error={error} />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isDisabled={busy || !live} onPress={onReplace}>
          <Trans>Put {other.name} in its place</Trans>
        </Button>
        <LinkButton to={paths.device(home, device.id)} variant="quiet">
          <Trans>Leave it as it is</Trans>
        </LinkButton>
      </div>
    </div>
  )
}

function warningWord(warning: Warning, device: DeviceView, other: DeviceView): string {
  const words: Readonly<Record<Warning, () => string>> = {
    'still-online': () => t`${device.name} still answers. Replace it only if you mean to take it away.`,
    'new-offline': () => t`${other.name} cannot be reached just now. It takes the place all the same.`,
    'new-in-groups': () => t`${other.name} is in groups already. It stays in them.`,
    'still-announced': () =>
      t`The bridge still lists the old hardware. Remove it there too, or it comes back as a new device.`,
    'kind-differs': () => t`${other.name} is another kind of device. Some things will not carry over.`,
  }
  return words[warning]()
}

function keptWord({ kind, count, names }: ReplacementPreview['keeps'][number]): ReactNode {
  switch (kind) {
    case 'name':
      return <Trans>The name {names[0] ?? ''}</Trans>
    case 'room':
      return <Trans>The room {names[0] ?? ''}</Trans>
    case 'groups':
      return <Trans>Its place in groups: {list(names)}</Trans>
    case 'history':
      return <Plural value={count} one="# recorded value" other="# recorded values" />
    case 'commands':
      return (
        <Plural value={count} one="# entry of what was switched" other="# entries of what was switched" />
      )
  }
}

function Goes({ preview, device }: { readonly preview: ReplacementPreview; readonly device: DeviceView }) {
  const going = preview.history.filter(({ to }) => to !== undefined)
  return (
    <Block title={t`Goes on`} tint="secure">
      {preview.keeps
        .filter(({ count }) => count > 0)
        .map((kept) => (
          <Line key={kept.kind} icon={Check}>
            {keptWord(kept)}
          </Line>
        ))}
      {going.map((path) => (
        <Line key={`${path.part}.${path.capability}.${path.attribute}`} icon={Check}>
          <Trans>History: {pathName(path.capability, path.attribute)}</Trans>
        </Line>
      ))}
      {preview.merges > 0 && (
        <Line icon={Plus}>
          <Plural
            value={preview.merges}
            one={`What the new one recorded so far is added to ${device.name}: # value`}
            other={`What the new one recorded so far is added to ${device.name}: # values`}
          />
        </Line>
      )}
      {functions(preview.gains).map((name) => (
        <Line key={name} icon={Plus}>
          <Trans>New: {name}</Trans>
        </Line>
      ))}
    </Block>
  )
}

function Ends({ preview, other }: { readonly preview: ReplacementPreview; readonly other: DeviceView }) {
  const ending = preview.history.filter(({ to }) => to === undefined)
  const lost = functions(preview.lacks)
  return (
    <Block title={t`Ends`} tint="warn">
      {lost.length + ending.length === 0 && (
        <Line icon={Check}>
          <Trans>Nothing. Everything it does, {other.name} does too.</Trans>
        </Line>
      )}
      {lost.map((name) => (
        <Line key={name} icon={Minus}>
          <Trans>
            {other.name} does not have: {name}
          </Trans>
        </Line>
      ))}
      {ending.map((path) => (
        <Line key={`${path.part}.${path.capability}.${path.attribute}`} icon={Minus}>
          <Trans>History that ends and stays readable: {pathName(path.capability, path.attribute)}</Trans>
        </Line>
      ))}
    </Block>
  )
}

const pathName = (capability: string, attribute: string): string =>
  capability === 'vendor' ? vendorName(attribute) : readingName(capability, attribute)
/** Each function once, whichever part has it. */
const functions = (paths: readonly Path[]): readonly string[] => [
  ...new Set(paths.map(({ capability }) => capabilityName(capability))),
]

function Block({
  title,
  tint,
  children,
}: {
  readonly title: string
  readonly tint: string
  readonly children: ReactNode
}) {
  return (
    <section className="grid gap-2 rounded-card border border-line bg-surface p-4">
      <h2 data-tint={tint} className="flex items-center gap-2 text-group">
        <span className="flex size-8 items-center justify-center rounded-pill bg-tint text-tint-ink">
          <Icon of={tint === 'secure' ? Check : TriangleAlert} size={18} />
        </span>
        {title}
      </h2>
      <ul className="grid gap-1">{children}</ul>
    </section>
  )
}

function Line({ icon, children }: { readonly icon: LucideIcon; readonly children: ReactNode }) {
  return (
    <li className="flex items-start gap-3 py-1">
      <Icon of={icon} size={18} className="mt-0.5 shrink-0 text-muted" />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </li>
  )
}
