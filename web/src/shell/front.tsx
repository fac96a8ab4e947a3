import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import { paths } from '../paths.ts'
import { cx } from '../ui/cx.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Mark } from './mark.tsx'

/** The frame of every page before the home: the languages above, the documents and the contact below, always in reach. // sa.3 */
export function Front({
  title,
  lead,
  children,
  wide,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
  readonly wide?: boolean
}) {
  useEffect(() => {
    document.title = `${title} · Eaves`
  }, [title])
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="page-gutter mx-auto flex w-full max-w-[76rem] flex-wrap items-center justify-between gap-x-4 gap-y-2 py-4">
        <Link
          to={paths.start}
          aria-label={t`Eaves, start page`}
          className="flex min-h-11 items-center gap-3 rounded-control text-group"
        >
          <Mark />
          Eaves
        </Link>
        <LanguageSwitch />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={cx(
          'page-gutter mx-auto w-full flex-1 pb-12 pt-6 md:pt-12',
          wide ? 'max-w-[52rem]' : 'max-w-[36rem]',
        )}
      >
        <h1 className="text-display hyphens-auto wrap-anywhere">{title}</h1>
        {lead && <div className="mt-3 text-body text-muted">{lead}</div>}
        <div className="mt-8 grid grid-cols-1 gap-6 wrap-break-word">{children}</div>
      </main>
      <footer className="border-t border-line">
        <nav
          aria-label={t`Documents and contact`}
          className="page-gutter mx-auto flex w-full max-w-[76rem] flex-wrap gap-x-6 py-3 text-state text-muted"
        >
          <Link
            to={paths.documents}
            className="inline-flex min-h-11 items-center underline underline-offset-2"
          >
            <Trans>Documents</Trans>
          </Link>
          <Link to={paths.contact} className="inline-flex min-h-11 items-center underline underline-offset-2">
            <Trans>Contact</Trans>
          </Link>
        </nav>
      </footer>
    </div>
  )
}
