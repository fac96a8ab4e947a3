/**
 * Goes to the first field within that says what is wrong with it, and tells whether there is one. What was
 * typed there has not been taken: to go on as if it had would lose it without a word.
 */
export function toFaulty(within: Element | null): boolean {
  const fields = within?.querySelectorAll<HTMLElement>('[aria-invalid="true"]') ?? []
  const field = [...fields].find((each) => each.checkVisibility())
  field?.focus()
  return field !== undefined
}
