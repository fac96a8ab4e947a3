import { t } from '@lingui/core/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { IconButton } from './button.tsx'

export interface LayerProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
}
/** A question or a short form in the middle. Esc and the close button leave it; focus goes back where it was. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  actions,
  alert,
}: LayerProps & { readonly actions?: ReactNode; readonly alert?: boolean }) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable={!alert}
      className="fade-in fixed inset-0 z-50 flex items-end justify-center bg-scrim p-4 md:items-center"
    >
      <Modal className="rise-in w-full max-w-md overflow-hidden rounded-sheet bg-surface text-ink shadow-layer">
        <AriaDialog
          role={alert ? 'alertdialog' : 'dialog'}
          className="flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-auto overscroll-contain p-6 outline-none"
        >
          <Heading slot="title" className="text-section">
            {title}
          </Heading>
          <div className="grid gap-4">{children}</div>
          {actions && <div className="flex flex-wrap justify-end gap-3 pt-2">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** A layer from the bottom edge: the phone's way to show a detail. */
export function Sheet({
  open,
  onClose,
  title,
  children,
  bare,
}: LayerProps & { /** The content brings its own heading. */ readonly bare?: boolean }) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable
      className="fade-in fixed inset-0 z-50 flex items-end bg-scrim"
    >
      <Modal className="rise-in w-full overflow-hidden rounded-t-sheet bg-surface text-ink shadow-layer">
        <AriaDialog
          aria-label={title}
          className="max-h-[92dvh] overflow-auto overscroll-contain pb-[max(1.5rem,env(safe-area-inset-bottom))] outline-none"
        >
          {!bare && (
            <div className="sticky top-0 z-10 flex items-center justify-between gap-4 bg-surface p-4 ps-6">
              <h2 className="text-section">{title}</h2>
              <IconButton icon={X} label={t`Close`} onPress={onClose} />
            </div>
          )}
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
