export interface Xy {
  readonly x: number
  readonly y: number
}
export interface HueSaturation {
  readonly hue: number
  readonly saturation: number
}
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits
const expand = (part: number): number => (part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92)
const squeeze = (part: number): number =>
  part > 0.0031308 ? 1.055 * part ** (1 / 2.4) - 0.055 : part * 12.92

/** The chromaticity of a hue at full brightness, in the sRGB triangle. */
export function toXy({ hue, saturation }: HueSaturation): Xy {
  const strength = saturation / 100
  const [r, g, b] = [0, 240, 120].map((offset) => {
    const sector = (((hue + offset) % 360) + 360) % 360
    const distance = Math.min(sector, 360 - sector) / 60
    const pure = distance <= 1 ? 1 : distance >= 2 ? 0 : 2 - distance
    return expand(1 - strength * (1 - pure))
  }) as [number, number, number]
  const x = 0.4124 * r + 0.3576 * g + 0.1805 * b
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
  const z = 0.0193 * r + 0.1192 * g + 0.9505 * b
  const sum = x + y + z
  return { x: round(x / sum, 4), y: round(y / sum, 4) }
}

export function toHueSaturation({ x, y }: Xy): HueSaturation {
  if (y <= 0) return { hue: 0, saturation: 0 }
  const [bigX, bigZ] = [x / y, (1 - x - y) / y]
  const raw = [
    3.2406 * bigX - 1.5372 - 0.4986 * bigZ,
    -0.9689 * bigX + 1.8758 + 0.0415 * bigZ,
    0.0557 * bigX - 0.204 + 1.057 * bigZ,
  ].map((part) => Math.max(0, part))
  const top = Math.max(...raw, 1e-9)
  const [r, g, b] = raw.map((part) => squeeze(part / top)) as [number, number, number]
  const span = 1 - Math.min(r, g, b)
  if (span <= 0) return { hue: 0, saturation: 0 }
  const turn = r >= g && r >= b ? (g - b) / span : g >= b ? 2 + (b - r) / span : 4 + (r - g) / span
  return { hue: (Math.round(turn * 60) + 360) % 360, saturation: Math.round(span * 100) }
}
