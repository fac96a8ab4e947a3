import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useAgreements } from '../data/me.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { longDate } from '../words/dates.ts'
import { pageLocale } from '../words/locale.ts'

/** Once closed it does not come again until the app is opened anew. */
const closed = new Set<string>()

/** The prominent notice of a large change: over whatever is on the page, with a way to look and a way to go on. // pp.7.3 */
export function PolicyNotice() {
  const state = useAgreements(pageLocale()).data
  const notice = state?.notice
  const key = `${notice?.version} ${state?.standing}`
  const [seen, setSeen] = useState('')
  if (notice === undefined || closed.has(key) || seen === key) return null
  const close = () => {
    closed.add(key)
    setSeen(key)
  }
  const day = longDate(notice.effectiveAt)
  return (
    <Dialog
      open
      onClose={close}
      title={t`The texts of this server change`}
      actions={
        <>
          <Button onPress={close}>
            <Trans>Later</Trans>
          </Button>
          <LinkButton to={paths.gate}>
            <Trans>See what changes</Trans>
          </LinkButton>
        </>
      }
    >
      {state?.standing === 'notice_pending' ? (
        <p>
          <Trans>
            Version {notice.version} is announced and takes effect on {day}. Until then nothing changes for
            you.
          </Trans>
        </p>
      ) : state?.standing === 'old_terms' ? (
        <p>
          <Trans>
            Version {notice.version} has been in effect since {day}. You are still under the text you agreed
            to, and may stay there.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>
            Version {notice.version} has been in effect since {day}, and you have not agreed to it. You can
            see what is yours, use your rights and switch what is in your home; the rest waits for your
            decision.
          </Trans>
        </p>
      )}
    </Dialog>
  )
}
