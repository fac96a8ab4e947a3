import type { Category, Purpose } from '@eaves/model'

const signIn: readonly Category[] = [
  'user.contact.email',
  'user.contact.phone_number',
  'user.credentials',
  'user.unique_id',
  'user.consent',
  'user.activity',
]

/** Which categories each purpose may touch. What is not listed is denied: a use nobody wrote down is a use nobody was told of. // pp.0 */
export const purposeCategories: Readonly<Record<Purpose, ReadonlySet<Category>>> = {
  'service.core': new Set<Category>([
    ...signIn,
    'user.preference',
    'user.name',
    'user.demographic.language',
    'user.demographic.age',
    'user.device.push_address',
    'user.household.rooms',
    'user.household.member',
    'user.household.home',
    'home.activity',
    'user.presence',
    'home.presence',
    'home.climate',
    'home.energy',
    'home.safety',
    'home.image',
    'home.connection',
    'user.disclosure',
    'device.health',
    'device.settings',
    'device.identity',
    'system.operations',
  ]),
  'home.about': new Set<Category>([
    'user.household.floor_area',
    'user.household.family_status',
    'user.contact.address',
  ]), // pp.2.2.1
  security: new Set<Category>([
    ...signIn,
    'user.device.ip_address',
    'user.demographic.language',
    'user.demographic.age',
    'system.operations',
  ]),
  'account.device-label': new Set<Category>(['user.device.model']), // pp.2.2.2
  // What a report is made from, and what it may say.
  'sharing.manufacturer-quality': new Set<Category>([
    'home.activity',
    'user.location.imprecise',
    'user.device.device_id',
    'device.use',
  ]), // pp.3.1.3
  'account.search-history': new Set<Category>(['user.behavior.search_history']), // pp.2.2.3
}
