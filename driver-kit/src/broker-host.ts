import type { Driver, DriverContext, EmbeddedBroker } from './driver.ts'
import { framesOf } from './faults.ts'
import type { BrokerCredential, ToDriver } from './messages.ts'
import type { Outbox } from './outbox.ts'

export interface BrokerHostDeps {
  readonly drivers: readonly Driver[]
  readonly outbox: Outbox
  readonly now: () => number
  readonly log: DriverContext['log']
}
/** Runs the embedded broker of whichever driver has one; nothing is loaded before it is asked to listen. */
export interface BrokerHost {
  readonly listen: (listen: Extract<ToDriver, { t: 'broker' }>['listen']) => void
  readonly credentials: (list: readonly BrokerCredential[]) => void
  readonly stop: () => Promise<void>
}

export function createBrokerHost({ drivers, outbox, now, log }: BrokerHostDeps): BrokerHost {
  const driver = drivers.find((d) => d.broker !== undefined)
  let broker: EmbeddedBroker | undefined
  let known: readonly BrokerCredential[] = []
  // One after the other: a listener that is closed and opened again keeps the order in which the core asked.
  let work: Promise<void> = Promise.resolve()

  const failed = (error: unknown): void => {
    log('error', 'broker fault', { stack: framesOf(error) })
    outbox.push({ t: 'broker', state: 'failed' })
  }
  const open = (): EmbeddedBroker | undefined => {
    broker ??= driver?.broker?.({
      now,
      log,
      state: (state, detail) =>
        outbox.push({
          t: 'broker',
          state,
          ...(detail?.port === undefined ? {} : { port: detail.port }),
          ...(detail?.detail === undefined ? {} : { detail: detail.detail.slice(0, 300) }),
        }),
      client: (credential, connected) => outbox.push({ t: 'client', credential, connected }),
    })
    return broker
  }
  const queue = (run: () => Promise<void> | void): void => {
    work = work.then(run).catch(failed)
  }
  return {
    listen(listen) {
      queue(async () => {
        if (listen === null) return broker?.listen(null)
        const opened = open()
        if (!opened)
          return outbox.push({ t: 'broker', state: 'failed', detail: 'No driver here has a broker.' })
        // Before the first client can knock.
        opened.credentials(known)
        await opened.listen(listen)
      })
    },
    credentials(list) {
      known = list
      // At once, not behind a slow listener: a revoked client is dropped now.
      try {
        broker?.credentials(list)
      } catch (error) {
        failed(error)
      }
    },
    async stop() {
      await work
      await broker?.stop()
      broker = undefined
    },
  }
}
