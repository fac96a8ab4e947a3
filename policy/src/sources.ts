import type { Category, Locale } from '@eaves/model'

/** Where a datum comes from: whoever asks for a copy is told. // pp.4.4.a */
export const sources = ['person', 'use', 'home', 'devices', 'server'] as const
export type Source = (typeof sources)[number]

export const sourceLabels: Readonly<Record<Source, Readonly<Record<Locale, string>>>> = {
  person: { en: 'You entered it', 'zh-Hans': '由您填写' },
  use: { en: 'It arose when you used Eaves', 'zh-Hans': '在您使用 Eaves 时产生' },
  home: { en: 'People of the home entered it', 'zh-Hans': '由家中成员填写' },
  devices: { en: 'Devices of the home reported it', 'zh-Hans': '由家中设备上报' },
  server: { en: 'The server made it', 'zh-Hans': '由服务器生成' },
}

/** Of each category; a new one does not compile without an answer. */
export const sourceOf: Readonly<Record<Category, Source>> = {
  'user.contact.email': 'person',
  'user.contact.phone_number': 'person',
  'user.credentials': 'person',
  'user.unique_id': 'server',
  'user.preference': 'person',
  'user.consent': 'person',
  'user.name': 'person',
  'user.device.model': 'use',
  'user.device.ip_address': 'use',
  'user.device.push_address': 'use',
  'user.demographic.language': 'person',
  'user.demographic.age': 'person',
  'user.activity': 'use',
  'user.behavior.search_history': 'person',
  'user.household.rooms': 'home',
  'user.household.member': 'home',
  'user.household.home': 'home',
  'user.household.floor_area': 'home',
  'user.household.family_status': 'home',
  'user.contact.address': 'home',
  'user.presence': 'person',
  'home.activity': 'devices',
  'home.presence': 'devices',
  'home.climate': 'devices',
  'home.energy': 'devices',
  'home.safety': 'devices',
  'home.image': 'devices',
  'device.health': 'devices',
  'device.settings': 'home',
  'device.identity': 'devices',
  'home.connection': 'home',
  'device.use': 'devices',
  'user.device.device_id': 'server',
  'user.disclosure': 'server',
  'user.location.imprecise': 'home',
  'system.operations': 'server',
}
