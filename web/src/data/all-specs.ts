import { capabilities, type CapabilitySpec } from '@eaves/model'

/** Every capability; a part of the app of its own, since most homes have only the common ones. */
export const allSpecs: Readonly<Record<string, CapabilitySpec>> = capabilities
