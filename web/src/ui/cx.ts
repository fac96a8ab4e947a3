import { clsx, type ClassValue } from 'clsx'

/** Joins class names. Nothing here merges: a component keeps each property in exactly one of its variants. */
export const cx = (...values: ClassValue[]): string => clsx(values)
