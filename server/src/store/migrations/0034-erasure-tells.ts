/** When somebody is to be told of an erasure next, so that whoever looks for it reads nothing else. */
export const number = 34
export const name = 'erasure-tells'
export const breaking = false

interface Words {
  readonly int: string
}

export const facts = ({ int }: Words): readonly string[] => [
  `ALTER TABLE erasure ADD COLUMN tell_at ${int}`,
  'CREATE INDEX erasure_tell ON erasure (tell_at) WHERE tell_at IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
