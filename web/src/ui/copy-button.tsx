import { t } from '@lingui/core/macro'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './native-button.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'

const shownMs = 2500
export interface CopyButtonProps {
  readonly text: string
  /** What is copied, for screen readers; where `name` says it already, none. */
  readonly label?: string
  /** What the button says where "Copy" alone would not do. */
  readonly name?: string
}
/** Puts a text on the clipboard and says so in its own place. */
export function CopyButton({ text, label, name }: CopyButtonProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = setTimeout(() => setState('ready'), shownMs)
    return () => clearTimeout(timer)
  }, [state])
  const copy = (): void => {
    // Absent outside a secure context.
    const written =
      (navigator as { clipboard?: Clipboard }).clipboard?.writeText(text) ??
      Promise.reject(new Error('no clipboard'))
    written.then(
      () => setState('copied'),
      () => setState('refused'),
    )
  }
  return (
    <Button icon={state === 'copied' ? Check : Copy} onPress={copy}>
      <span role="status">
        {state === 'copied'
          ? t`Copied`
          : state === 'refused'
            ? t`Select it and copy by hand`
            : (name ?? t`Copy`)}
      </span>
      {label !== undefined && <VisuallyHidden>{label}</VisuallyHidden>}
    </Button>
  )
}
