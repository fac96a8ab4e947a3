import { t } from '@lingui/core/macro'
import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button, IconButton } from './native-button.tsx'
import { toasts } from './toasts.ts'

const subscribe = (listener: () => void) => toasts.subscribe(listener)
const list = () => toasts.list()

/** Where toasts appear: above the tabs on a phone; also the polite voice for results of one's own acts. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, list)
  return (
    <section
      aria-label={t`Messages`}
      className="pointer-events-none fixed inset-x-0 bottom-20 z-60 flex flex-col items-center gap-2 px-4 pb-[env(safe-area-inset-bottom)] md:bottom-6"
    >
      <div role="status" className="contents">
        {shown.map((toast) => (
          <div
            key={toast.id}
            onPointerEnter={() => toasts.pause(toast.id)}
            onPointerLeave={() => toasts.resume(toast.id)}
            onFocus={() => toasts.pause(toast.id)}
            onBlur={() => toasts.resume(toast.id)}
            className="rise-in pointer-events-auto flex w-full max-w-md items-center gap-2 rounded-card border border-line bg-surface py-1 ps-4 pe-1 text-card text-ink shadow-layer"
          >
            <span className="min-w-0 flex-1 py-2">{toast.text}</span>
            {toast.action && (
              <Button variant="quiet" onPress={() => toasts.act(toast.id)}>
                {toast.action.name}
              </Button>
            )}
            <IconButton icon={X} label={t`Close`} onPress={() => toasts.close(toast.id)} />
          </div>
        ))}
      </div>
    </section>
  )
}
