export const numeric = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
export const chosen = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
