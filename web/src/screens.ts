import type { ComponentType } from 'react'
import { loadLaterWords } from './words/locale.ts'

// Home is part of the frame, which imports it, so it is no chunk of its own.
const files = import.meta.glob<{ readonly Screen: ComponentType }>([
  './screens/*/screen.tsx',
  '!./screens/home/screen.tsx',
])
/** A screen exists when its folder has a screen.tsx that exports `Screen`. */
export const hasScreen = (folder: string): boolean => `./screens/${folder}/screen.tsx` in files
/** Their words are among the first. */
const first: readonly string[] = ['start', 'sign-in']
export async function loadScreen(folder: string): Promise<{ readonly Screen: ComponentType }> {
  const load = files[`./screens/${folder}/screen.tsx`]
  if (!load) throw new Error(`screens/${folder}/screen.tsx is missing`)
  const [screen] = await Promise.all([load(), first.includes(folder) ? undefined : loadLaterWords()])
  return screen
}
