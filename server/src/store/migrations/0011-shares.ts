/** Of what one shows the others of a home only the addresses are left: what nothing ever read is forgotten, and no yes to it waits. */
export const number = 11
export const name = 'shares'
export const breaking = false

export const facts = (): readonly string[] => [
  `UPDATE member SET shares = CASE WHEN shares LIKE '%"contact"%' THEN '["contact"]' END WHERE shares IS NOT NULL`,
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
