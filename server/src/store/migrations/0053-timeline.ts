/** What happened in a home is read by when it was. */
export const number = 53
export const name = 'timeline'
export const breaking = false

export const facts = (): readonly string[] => [
  'CREATE INDEX command_at ON command (home_id, accepted_at)',
  'CREATE INDEX automation_run_home ON automation_run (home_id, at)',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
