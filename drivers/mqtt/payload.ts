import { isUtf8 } from 'node:buffer'
import type { VendorValue } from '@eaves/driver-kit'

/** Larger device messages are dropped unread; Zigbee2MQTT's lists of a whole network have their own limit. */
export const maxPayloadBytes = 256 * 1024
export const maxListBytes = 16 * 1024 * 1024
export const maxDepth = 32

export type Json = { readonly [key: string]: unknown }

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The payload as text; undefined when it is too large or not UTF-8. */
export function textOf(payload: Buffer, limit = maxPayloadBytes): string | undefined {
  if (payload.length > limit) return undefined
  const text = payload.toString('utf8')
  // What is malformed decodes to the replacement character; only a text that holds one needs to be looked at twice.
  return text.includes('\uFFFD') && !isUtf8(payload) ? undefined : text
}

/** The payload as JSON; undefined when it is not. */
export function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** True when the value nests no deeper than `left` levels. */
export function withinDepth(value: unknown, left = maxDepth): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (left === 0) return false
  for (const inner of Object.values(value)) if (!withinDepth(inner, left - 1)) return false
  return true
}

/** A parsed value as a vendor value of any shape; undefined when it nests too deep. */
export function plain(value: unknown): VendorValue | undefined {
  return value === undefined || !withinDepth(value) ? undefined : (value as VendorValue)
}

/** A field of an object out of the air: own properties only, so that no name reaches a prototype. */
export function field(from: Json, key: string): unknown {
  return Object.hasOwn(from, key) ? from[key] : undefined
}
export function textField(from: Json, key: string, longest = 1024): string | undefined {
  const value = field(from, key)
  return typeof value === 'string' && value.length <= longest ? value : undefined
}
export function numberField(from: Json, key: string): number | undefined {
  const value = field(from, key)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
export function listField(from: Json, key: string): readonly unknown[] {
  const value = field(from, key)
  return Array.isArray(value) ? value : []
}
export function textList(from: Json, key: string, most = 256): readonly string[] {
  return listField(from, key)
    .slice(0, most)
    .flatMap((item) => {
      const text = typeof item === 'number' ? String(item) : item
      return typeof text === 'string' && text.length <= 256 ? [text] : []
    })
}

/** A finite number out of a JSON value: numbers, and strings that are nothing but a number. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (
    typeof value !== 'string' ||
    value.length > 64 ||
    !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value)
  )
    return undefined
  const parsed = Number(value)
  return Number.isFinite(parsed) ? parsed : undefined
}

export const round = (value: number, digits: number): number => {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))
