import type { HomeId, SubjectId } from '@eaves/model'
import { decrypt, encrypt, expand, extract, SealBroken } from './cipher.ts'

export type KeyOwner =
  | { readonly kind: 'home'; readonly id: HomeId }
  | { readonly kind: 'subject'; readonly id: SubjectId }
/** Where a sealed value stands; it opens nowhere else. */
export interface Cell {
  readonly table: string
  readonly column: string
  readonly rowId: string
}
/** A key that is unwrapped in memory: seals and opens without waiting. */
export interface OpenKey {
  seal<T = string>(cell: Cell, text: string): string & T
  open(cell: Cell, sealed: string): string
}

const envelope = 'v1'
const schemaVersion = 1
const envelopePattern = /^v1\.([a-z2-7]{26})\.([A-Za-z0-9_-]{38,})$/

/** Makes the working form of a key: a subkey of its own for each cell, so that cells cannot be moved. */
export function openKey(tenant: string, owner: KeyOwner, keyId: string, key: Uint8Array): OpenKey {
  const prk = extract(key)
  // An array of texts in JSON is one to one: no two cells share it.
  const aadOf = ({ table, column, rowId }: Cell) =>
    JSON.stringify([tenant, owner.kind, owner.id, table, column, rowId, schemaVersion, keyId])
  return {
    seal: <T>(cell: Cell, text: string) => {
      const aad = aadOf(cell)
      return `${envelope}.${keyId}.${encrypt(expand(prk, aad), aad, text).toString('base64url')}` as string &
        T
    },
    open: (cell, sealed) => {
      const match = envelopePattern.exec(sealed)
      if (match?.[1] !== keyId || match[2] === undefined) throw new SealBroken()
      const aad = aadOf(cell)
      return decrypt(expand(prk, aad), aad, Buffer.from(match[2], 'base64url')).toString('utf8')
    },
  }
}
