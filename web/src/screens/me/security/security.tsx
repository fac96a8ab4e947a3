import { t } from '@lingui/core/macro'
import { useMe } from '../../../data/me.ts'
import { QueryError } from '../../../shell/query-error.tsx'
import { BlockSkeleton } from '../../../ui/skeleton.tsx'
import { Page } from '../page.tsx'
import { Addresses } from './addresses.tsx'
import { Authenticator } from './authenticator.tsx'
import { Codes } from './codes.tsx'
import { Passkeys } from './passkeys.tsx'
import { Password } from './password.tsx'

/** How one gets in, and how nobody else does. */
export function Security() {
  const me = useMe()
  return (
    <Page title={t`Account and security`}>
      {me.error && !me.data ? (
        <QueryError error={me.error} retry={me.refetch} />
      ) : !me.data ? (
        <BlockSkeleton />
      ) : (
        <div className="grid gap-10">
          <Passkeys />
          <Addresses me={me.data} />
          <Authenticator on={me.data.authenticator} />
          <Password has={me.data.hasPassword} />
          <Codes left={me.data.recoveryCodesLeft} />
        </div>
      )}
    </Page>
  )
}
