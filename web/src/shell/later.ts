import { loadLaterWords } from '../words/locale.ts'

/** A part of the app with its words. */
export const later = async <M>(load: () => Promise<M>): Promise<M> =>
  (await Promise.all([load(), loadLaterWords()]))[0]
