import { lazy, type ComponentType } from 'react'
import type { SceneRow as Row } from './screens/scenes/screen.tsx'
import { loadLaterWords } from './words/locale.ts'

// Home is part of the frame, which imports it, so it is no chunk of its own.
interface ScreenFile {
  readonly Screen: ComponentType
  readonly SceneRow?: typeof Row
}
const files = import.meta.glob<ScreenFile>(['./screens/*/screen.tsx', '!./screens/home/screen.tsx'])
/** A screen exists when its folder has a screen.tsx that exports `Screen`. */
export const hasScreen = (folder: string): boolean => `./screens/${folder}/screen.tsx` in files
/** Their words are among the first. */
const first: readonly string[] = ['start', 'sign-in']
export async function loadScreen(folder: string): Promise<ScreenFile> {
  const load = files[`./screens/${folder}/screen.tsx`]
  if (!load) throw new Error(`screens/${folder}/screen.tsx is missing`)
  const [screen] = await Promise.all([load(), first.includes(folder) ? undefined : loadLaterWords()])
  return screen
}

/** What one was told, on Home. */
export const Bell = lazy(async () => {
  const [{ Bell: bell }] = await Promise.all([import('./screens/inbox/bell.tsx'), loadLaterWords()])
  return { default: bell }
})
/** What mode the home is in, on Home and on a wall panel. */
const modeChip = () => Promise.all([import('./screens/modes/chip.tsx'), loadLaterWords()])
export const ModeChip = lazy(async () => ({ default: (await modeChip())[0].ModeChip }))
/** The row of scenes, on Home and in rooms. */
export const SceneRow = lazy(async () => ({ default: (await loadScreen('scenes')).SceneRow! }))
