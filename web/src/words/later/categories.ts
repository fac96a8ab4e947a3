import { t } from '@lingui/core/macro'

const categories: Readonly<Record<string, () => string>> = {
  'home.activity': () => t`What is switched and when`,
  'home.presence': () => t`Whether somebody is there`,
  'home.climate': () => t`Climate and air`,
  'home.energy': () => t`Energy use`,
  'home.safety': () => t`Dangers such as smoke or water`,
  'home.image': () => t`Pictures`,
  'device.identity': () => t`What kind of device it is`,
  'device.health': () => t`The device’s own health`,
  'device.settings': () => t`The device’s settings`,
}
export const categoryName = (category: string): string => categories[category]?.() ?? category

const recipients: Readonly<Record<string, () => string>> = {
  'linked-broker': () => t`The broker you linked, and whoever may read there`,
}
/** Who gets something, by kind; a recipient with a name of its own keeps it. */
export const recipientName = (recipient: string): string => recipients[recipient]?.() ?? recipient
