import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { SignInRow } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useEndSignIn, useSignIns } from '../../data/me.ts'
import { useSignOut } from '../../data/sign-out.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { ago, dateAndTime } from '../../words/time.ts'
import { Page, Row, Rows } from './page.tsx'

const places = (): Readonly<Record<SignInRow['place'], string>> => ({
  'this-machine': t`the machine Eaves runs on`,
  'home-network': t`home network`,
  elsewhere: t`elsewhere`,
})

export function SignIns() {
  const list = useSignIns()
  const end = useEndSignIn()
  const [asked, setAsked] = useState(false)
  const out = useSignOut()
  const navigate = useNavigate()
  const everywhere = (): void => {
    setAsked(false)
    out.mutate('everywhere', { onSuccess: () => void navigate({ to: paths.signIn, replace: true }) })
  }
  return (
    <Page
      title={t`Where you are signed in`}
      lead={<Trans>Network addresses are shortened. Makes and models show only if you chose so.</Trans>}
    >
      <Failure error={end.error ?? out.error} />
      {list.error && !list.data ? (
        <QueryError error={list.error} retry={list.refetch} />
      ) : !list.data ? (
        <BlockSkeleton />
      ) : (
        <Rows>
          {list.data.map((row) => (
            <Row
              key={row.id}
              {...(row.current
                ? {}
                : {
                    action: (
                      <Button
                        isDisabled={end.isPending}
                        aria-label={t`End the sign-in of ${dateAndTime(row.createdAt)}`}
                        onPress={() => end.mutate(row.id)}
                      >
                        <Trans>End</Trans>
                      </Button>
                    ),
                  })}
            >
              <span className="text-card">
                {row.device ?? (row.kind === 'cli' ? t`Command line` : t`A browser`)}
                {row.current && (
                  <Badge>
                    <Trans>This one</Trans>
                  </Badge>
                )}
              </span>
              <span className="text-state font-normal text-muted">
                <Trans>
                  Last used {ago(row.lastSeenAt)}, signed in {dateAndTime(row.createdAt)}
                </Trans>
                {row.address !== undefined && (
                  <>
                    {' '}
                    · {places()[row.place]} · <span className="font-mono">{row.address}</span>
                  </>
                )}
              </span>
            </Row>
          ))}
        </Rows>
      )}
      <div>
        <Button variant="danger" onPress={() => setAsked(true)}>
          <Trans>Sign out everywhere</Trans>
        </Button>
      </div>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        alert
        title={t`Sign out everywhere?`}
        actions={
          <>
            <Button onPress={() => setAsked(false)}>
              <Trans>Stay signed in</Trans>
            </Button>
            <Button variant="danger" onPress={everywhere}>
              <Trans>Sign out everywhere</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            Every browser is signed out, this one too. Access tokens of programs go on working; end those on
            their own page.
          </Trans>
        </p>
      </Dialog>
    </Page>
  )
}
