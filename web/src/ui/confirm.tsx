import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** A question before something that cannot be taken back; the safe answer is first. */
export function Confirm({
  open,
  title,
  verb,
  keep,
  busy,
  onClose,
  onConfirm,
  children,
}: {
  readonly open: boolean
  readonly title: string
  /** The act, on its button. */
  readonly verb: string
  readonly keep?: string
  readonly busy?: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  readonly children: ReactNode
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      alert
      title={title}
      actions={
        <>
          <Button onPress={onClose}>{keep ?? t`Keep it`}</Button>
          <Button variant="danger" isDisabled={busy ?? false} onPress={onConfirm}>
            {verb}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
