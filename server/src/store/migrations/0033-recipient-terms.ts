/** All the terms that an agreement of a recipient had when it was first seen; null in what was seen before. */
export const number = 33
export const name = 'recipient-terms'
export const breaking = false

export const facts = ({ int }: { readonly int: string }): readonly string[] => [
  `ALTER TABLE recipient_version ADD COLUMN expires_at ${int}`,
  'ALTER TABLE recipient_version ADD COLUMN brands text',
  'ALTER TABLE recipient_version ADD COLUMN mechanism text',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
