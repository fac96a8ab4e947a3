import { t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import { useEffect } from 'react'
import { devicesKey } from '../data/devices.ts'
import { queryClient } from '../data/query.ts'
import { controls, onFailure } from '../data/session.ts'
import { toasts } from '../ui/toasts.ts'
import { codeWords } from '../words/errors.ts'
import { clockTime } from '../words/time.ts'

/** An act that came to nothing is told with its reason and a way to try again. */
export function useFailureToasts(home: string | undefined): void {
  useEffect(() => {
    onFailure((key, target, failure) => {
      // An open panel says it in its own place.
      if (location.pathname.endsWith(`/devices/${target.device}`)) return
      const device =
        home === undefined
          ? undefined
          : queryClient
              .getQueryData<readonly DeviceView[]>(devicesKey(home))
              ?.find((entry) => entry.id === target.device)
      const reason = codeWords(failure.code)?.title ?? failure.detail ?? t`The device didn’t do it.`
      const seen =
        device?.lastSeen === undefined ? '' : ` ${t`Last seen ${clockTime(Date.parse(device.lastSeen))}.`}`
      toasts.show(`${device ? `${device.name}: ` : ''}${reason}${seen}`, {
        name: t`Retry`,
        run: () => controls.retry(key),
      })
    })
    return () => onFailure(() => {})
  }, [home])
}
