/** Long enough for a slow phone to show that something goes on. */
const blindMs = 500

/**
 * Lets a press through unless it follows another one that nothing on the screen has answered yet: whoever
 * taps twice means it once. `answered` is called with each rendering.
 */
export function pressedOnce(): { readonly isNew: (atMs: number) => boolean; readonly answered: () => void } {
  let last = -Infinity
  return {
    isNew(atMs) {
      if (atMs - last < blindMs) return false
      last = atMs
      return true
    },
    answered() {
      last = -Infinity
    },
  }
}
