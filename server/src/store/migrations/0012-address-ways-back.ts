/** Since when an address was proved that a change took away, and whether it has been told. */
export const number = 12
export const name = 'address-ways-back'
export const breaking = false

interface Words {
  readonly int: string
}

export const facts = ({ int }: Words): readonly string[] => [
  // What was kept before was told as it was made, and had been proved at some time before that.
  `ALTER TABLE address_undo ADD COLUMN verified_at ${int} NOT NULL DEFAULT 0`,
  `ALTER TABLE address_undo ADD COLUMN told_at ${int}`,
  'UPDATE address_undo SET told_at = changed_at',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
