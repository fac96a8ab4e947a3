/** What one person can refuse, as `mayObject` of the policy has it, whose words no page should load for this; the account itself is for the rest. // pp.4.4.b */
export const refusable = [
  'account.device-label',
  'account.search-history',
  'sharing.manufacturer-quality',
  'security',
] as const
export type Refusable = (typeof refusable)[number]
