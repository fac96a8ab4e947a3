import type { Category } from '@eaves/model'

/** The four things that the text covers; nothing else is done with personal information. // pp.1.1 */
export const activities = {
  registering: 'Accounts and sign-in',
  connecting: 'Connecting devices',
  controlling: 'Controlling devices and looking back',
  managing: 'Managing homes and their people',
} as const
export type ProcessingActivity = keyof typeof activities

/** Which activity each kind of information belongs to; one without an activity does not compile, so no use can fall outside the text. // pp.1.1 */
export const activityOf: Readonly<Record<Category, ProcessingActivity>> = {
  'device.use': 'managing',
  'user.device.device_id': 'managing',
  'user.disclosure': 'managing',
  'user.location.imprecise': 'managing',
  'user.contact.email': 'registering',
  'user.contact.phone_number': 'registering',
  'user.credentials': 'registering',
  'user.unique_id': 'registering',
  'user.preference': 'registering',
  'user.consent': 'registering',
  'user.name': 'managing',
  'user.device.model': 'registering',
  'user.device.ip_address': 'registering',
  'user.device.push_address': 'registering',
  'user.demographic.language': 'registering',
  'user.demographic.age': 'registering',
  'user.activity': 'registering',
  'user.behavior.search_history': 'controlling',
  'user.household.rooms': 'managing',
  'user.household.member': 'managing',
  'user.household.home': 'managing',
  'user.household.floor_area': 'managing',
  'user.household.family_status': 'managing',
  'user.contact.address': 'managing',
  'user.presence': 'controlling',
  'home.activity': 'controlling',
  'home.presence': 'controlling',
  'home.climate': 'controlling',
  'home.energy': 'controlling',
  'home.safety': 'controlling',
  'home.image': 'controlling',
  'device.health': 'connecting',
  'device.settings': 'connecting',
  'device.identity': 'connecting',
  'home.connection': 'connecting',
  'system.operations': 'managing',
}
