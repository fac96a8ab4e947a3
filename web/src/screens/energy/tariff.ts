/** A number as people of either language write it: with a point or a comma. */
export function numberOf(text: string): number | undefined {
  const written = text.trim().replace(',', '.')
  return /^-?\d{1,6}(\.\d{1,6})?$/.test(written) ? Number(written) : undefined
}
