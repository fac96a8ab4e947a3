/** Indexes by which an erasure finds what is left to do, the last epoch, the browsers of a sign-in and who is still to be told, however many people there are. */
export const number = 31
export const name = 'open-erasures'
export const breaking = false

const byEpoch = 'CREATE INDEX tombstone_epoch ON tombstone (epoch)'
export const facts = (): readonly string[] => [
  byEpoch,
  'CREATE INDEX erasure_open ON erasure (started_at) WHERE finished_at IS NULL',
  'CREATE INDEX push_subscription_session ON push_subscription (session)',
  'CREATE INDEX address_undo_untold ON address_undo (expires_at) WHERE told_at IS NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => [byEpoch]
