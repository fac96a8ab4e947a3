import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useEditDevice } from '../../data/device-changes.ts'
import { useDevice, useDevices } from '../../data/devices.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { NotFound } from '../../shell/not-found.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Panel } from './panel.tsx'

const phone = matchMedia('(width < 48rem)')
const watchPhone = (listener: () => void) => {
  phone.addEventListener('change', listener)
  return () => phone.removeEventListener('change', listener)
}
const isPhone = () => phone.matches

/** The detail of a device over or beside the page it was opened from. */
export function DeviceLayer({ home, device: id }: { readonly home: string; readonly device: string }) {
  const small = useSyncExternalStore(watchPhone, isPhone)
  const navigate = useNavigate()
  const { in: from } = useSearch({ strict: false }) as { in?: string }
  const loaded = useDevices(home).isSuccess
  const device = useDevice(home, id).data
  const edit = useEditDevice(home).mutate
  const isNew = useCan(home)('device.edit') && device?.isNew === true
  useEffect(() => {
    if (isNew) edit({ device: id, isNew: false })
  }, [isNew, id, edit])
  const close = (): void => {
    // Replaced rather than pushed, so that Back does not open the panel again.
    void navigate({ to: from === undefined ? paths.home(home) : paths.room(home, from), replace: true })
    // Focus goes back to the card that opened it, once the layer is gone.
    setTimeout(() => document.getElementById(`card-${id}`)?.focus({ preventScroll: true }), 50)
  }
  const content = device ? (
    <Panel home={home} device={device} onClose={close} />
  ) : (
    <div className="p-6">{loaded ? <NotFound /> : <BlockSkeleton />}</div>
  )
  if (small)
    return (
      <Sheet open bare onClose={close} title={device?.name ?? ''}>
        {content}
      </Sheet>
    )
  return (
    <SidePanel label={device?.name ?? ''} onClose={close}>
      {content}
    </SidePanel>
  )
}

function SidePanel({
  label,
  onClose,
  children,
}: {
  readonly label: string
  readonly onClose: () => void
  readonly children: React.ReactNode
}) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      // A dialog or menu on top takes Esc for itself.
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        !document.querySelector('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]')
      )
        onClose()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  })
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={label}
      className="slide-in fixed inset-y-0 end-0 z-30 w-100 overflow-auto overscroll-contain border-s border-line bg-surface shadow-layer outline-none lg:sticky lg:top-0 lg:h-dvh lg:shadow-none"
    >
      {children}
    </aside>
  )
}
