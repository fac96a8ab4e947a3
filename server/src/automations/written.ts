import type { AutomationBlueprints } from './blueprints.ts'
import { blueprintsOf, type HomeBlueprintsDeps } from './blueprint-home.ts'
import { AutomationTexts, type TextsDeps } from './texts.ts'

export type WrittenDeps = TextsDeps & HomeBlueprintsDeps
/** Automations as people write, keep and send them. */
export interface Written {
  readonly texts: AutomationTexts
  readonly blueprints: AutomationBlueprints
}

/** Made beside the automations, not in them: YAML is a large library, and no run waits for it. */
export function writtenOf({ written }: { readonly written: WrittenDeps }): Written {
  return { texts: new AutomationTexts(written), blueprints: blueprintsOf(written) }
}
