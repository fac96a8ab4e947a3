import type { Verb } from '../privacy/privacy.ts'

/** Every message a client may send on the live socket, with its authorisation entry; a type that is not here is refused. */
export const liveEntries = {
  hello: { access: { kind: 'public', reason: 'the message that signs in' } },
  watch: { access: { kind: 'home', verb: 'device.read' } },
  unwatch: { access: { kind: 'home', verb: 'device.read' } },
  resync: { access: { kind: 'home', verb: 'device.read' } },
  command: { access: { kind: 'home', verb: 'device.command' } },
} as const satisfies Record<
  string,
  {
    readonly access:
      | { readonly kind: 'public'; readonly reason: string }
      | { readonly kind: 'home'; readonly verb: Verb }
  }
>
export type LiveType = keyof typeof liveEntries
