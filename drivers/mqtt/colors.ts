import { clamp, round } from './payload.ts'

/** Hue in degrees and saturation in percent, at full brightness: the brightness is a value of its own. */
export interface HueSaturation {
  readonly hue: number
  readonly saturation: number
}
type Triple = readonly [number, number, number]

export function toRgb({ hue, saturation }: HueSaturation): Triple {
  const s = clamp(saturation, 0, 100) / 100
  const sector = (((hue % 360) + 360) % 360) / 60
  const channel = (n: number): number =>
    1 - s * clamp(Math.min((n + sector) % 6, 4 - ((n + sector) % 6)), 0, 1)
  return [channel(5), channel(3), channel(1)]
}

/** From red, green and blue of any common scale: only their proportions count. */
export function fromRgb(red: number, green: number, blue: number): HueSaturation | undefined {
  const high = Math.max(red, green, blue)
  const low = Math.min(red, green, blue)
  if (!Number.isFinite(high + low) || high <= 0 || low < 0) return undefined
  const spread = high - low
  const hue =
    spread === 0
      ? 0
      : high === red
        ? ((green - blue) / spread + 6) % 6
        : high === green
          ? (blue - red) / spread + 2
          : (red - green) / spread + 4
  return { hue: round(hue * 60, 1) % 360, saturation: round((spread / high) * 100, 1) }
}

const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const gamma = (c: number): number => (c <= 0.003_130_8 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055)

/** CIE 1931 chromaticity of an sRGB colour (D65), as lights that know only x and y take it. */
export function toXy(color: HueSaturation): { x: number; y: number } {
  const [r, g, b] = toRgb(color).map(linear) as unknown as Triple
  const bigX = 0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b
  const bigY = 0.212_672_9 * r + 0.715_152_2 * g + 0.072_175 * b
  const bigZ = 0.019_333_9 * r + 0.119_192 * g + 0.950_304_1 * b
  const sum = bigX + bigY + bigZ
  return { x: round(bigX / sum, 4), y: round(bigY / sum, 4) }
}

export function fromXy(x: number, y: number): HueSaturation | undefined {
  if (!Number.isFinite(x + y) || x < 0 || y <= 0 || x + y > 1.0001) return undefined
  const bigX = x / y
  const bigZ = (1 - x - y) / y
  const rgb = [
    3.240_454_2 * bigX - 1.537_138_5 - 0.498_531_4 * bigZ,
    -0.969_266 * bigX + 1.876_010_8 + 0.041_556 * bigZ,
    0.055_643_4 * bigX - 0.204_025_9 + 1.057_225_2 * bigZ,
  ]
  const high = Math.max(...rgb)
  if (high <= 0) return undefined
  const [r, g, b] = rgb.map((c) => gamma(Math.max(0, c / high))) as unknown as Triple
  return fromRgb(r, g, b)
}

export const miredToKelvin = (mired: number): number => Math.round(1_000_000 / mired)
export const kelvinToMired = (kelvin: number): number => Math.round(1_000_000 / kelvin)
