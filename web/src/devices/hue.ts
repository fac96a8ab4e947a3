/** The OKLCH hue, in degrees, of a lamp's colour given as hue (degrees) and saturation (percent). */
export function okHue(hueDegrees: number, saturationPercent: number): number {
  const [red, green, blue] = linear(hueDegrees, saturationPercent)
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const degrees = (Math.atan2(b, a) * 180) / Math.PI
  return Math.round(degrees < 0 ? degrees + 360 : degrees)
}

function linear(hueDegrees: number, saturationPercent: number): readonly [number, number, number] {
  const s = saturationPercent / 100
  const channel = (n: number): number => {
    const k = (n + hueDegrees / 60) % 6
    const value = 1 - s * Math.max(0, Math.min(k, 4 - k, 1))
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(5), channel(3), channel(1)]
}

/** A CSS colour for a white of so many kelvin, for swatches and tracks only. */
export function whiteOf(kelvin: number): string {
  const warmth = Math.min(1, Math.max(0, (kelvin - 2000) / 4500))
  const mix = (warm: number, cool: number): number => Math.round(warm + (cool - warm) * warmth)
  return `rgb(${mix(255, 214)} ${mix(176, 228)} ${mix(97, 255)})`
}
