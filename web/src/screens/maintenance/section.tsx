import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useId, type ReactNode } from 'react'
import { useAct } from '../../data/care.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'

/** One kind of trouble; absent when nothing has it. */
export function Section({
  title,
  of,
  children,
}: {
  readonly title: string
  readonly of: readonly unknown[]
  readonly children: ReactNode
}) {
  const id = useId()
  if (of.length === 0) return null
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="flex items-baseline gap-2 text-section">
        {title}
        <span className="tabular text-state text-muted">{of.length}</span>
      </h2>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">{children}</ul>
    </section>
  )
}

export function Entry({
  home,
  device,
  name,
  roomName,
  text,
  action,
}: {
  readonly home?: string
  readonly device?: string
  readonly name: string
  readonly roomName?: string | null
  readonly text: string
  readonly action?: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 p-4">
      <div className="grid min-w-0 flex-[1_1_14rem] gap-0.5">
        <span className="text-card wrap-anywhere">
          {home === undefined || device === undefined ? (
            name
          ) : (
            <Link
              to={paths.device(home, device)}
              className="-my-2 inline-flex min-h-11 items-center wrap-anywhere underline underline-offset-2"
            >
              {name}
            </Link>
          )}
          {roomName && <span className="ms-2 text-state font-normal text-muted">{roomName}</span>}
        </span>
        <span className="text-state font-normal wrap-anywhere text-muted">{text}</span>
      </div>
      {action}
    </li>
  )
}

export function AskAgain({
  home,
  device,
  name,
}: {
  readonly home: string
  readonly device: string
  readonly name: string
}) {
  const act = useAct(home, device)
  return (
    <Button
      aria-label={t`Get to know ${name} again`}
      isDisabled={act.isPending}
      onPress={() =>
        act.mutate(
          { act: 'interview' },
          {
            onSuccess: () => void toasts.show(t`The bridge asks ${name} again`),
            onError: (error) => void toasts.show(errorWords(error).title),
          },
        )
      }
    >
      <Trans>Try again</Trans>
    </Button>
  )
}
