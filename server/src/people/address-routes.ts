import { addressConfirm, addressPath, addressRequest, addressUndo, codeSent } from '@eaves/model/api'
import { entry, type Entry } from '../http/entry.ts'
import type { People } from './people.ts'
import { open, proverOf } from './welcome.ts'

/** One's own e-mail address and phone number: either suffices, both may be set. // pp.2.1.1 */
export function addressEntries({ addresses }: People): Entry[] {
  const access = { kind: 'self', verb: 'self.edit', stepUp: 'an address is a way in' } as const
  return [
    entry({
      method: 'post',
      path: '/api/me/addresses',
      summary: 'Ask for a code to a new address; the answer is the same for one that is somebody else’s',
      access,
      body: addressRequest,
      answer: codeSent,
      handle: ({ body, caller }) => addresses.request(proverOf(caller), body),
    }),
    entry({
      method: 'post',
      path: '/api/me/addresses/confirm',
      summary:
        'Set the address that the code has proved; the one before is told and can undo it for 72 hours',
      access,
      body: addressConfirm,
      handle: ({ body, caller, site }) => addresses.confirm(proverOf(caller), body, site),
    }),
    entry({
      method: 'delete',
      path: '/api/me/addresses/{address}',
      summary: 'Remove the e-mail address or the phone number; a verified one stays',
      access,
      params: addressPath,
      handle: ({ params, caller, site }) => addresses.remove(proverOf(caller), params.address, site),
    }),
    entry({
      method: 'post',
      path: '/api/undo',
      summary: 'Undo a change of address with the link or code that the old address got',
      access: open('the code is the proof'),
      body: addressUndo,
      handle: ({ body, caller }) => addresses.undo(body.code, caller.countedAt),
    }),
  ]
}
