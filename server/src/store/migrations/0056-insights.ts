/** Whether somebody wants to read what stands out in the energy of their homes; null is yes. */
export const number = 56
export const name = 'insights'
export const breaking = false

interface Words {
  readonly int: string
}

export const facts = ({ int }: Words): readonly string[] => [`ALTER TABLE account ADD COLUMN insights ${int}`]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
