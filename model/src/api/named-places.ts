import { z } from 'zod'
import { id, name } from './common.ts'

/** A name and nothing else: where on earth it is, no home knows. */
export const namedPlace = z.object({ id, name })
export const namedPlaceName = z.strictObject({ name })
/** Whether you let the home know that you are at this place. */
export const namedPlaceChoice = z.strictObject({ chosen: z.boolean() })
/** Whether the others of the home, and its automations, may know at which of your places you are. */
export const namedPlacesShown = z.strictObject({ shown: z.boolean() })

export type NamedPlace = z.infer<typeof namedPlace>
