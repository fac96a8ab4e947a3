// Writes server/src/automations/zone-places.json: for each time zone the place of the city it is named after, to a tenth of a degree.
// Made by hand when the zones of the world change, from zone.tab, zone1970.tab and tzdata.zi of the tz database (public domain).
//   node scripts/zone-places.ts [folder of the tz database]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2] ?? '/usr/share/zoneinfo'
const out = new URL('../server/src/automations/zone-places.json', import.meta.url)
const places = new Map<string, readonly [number, number]>()

/** ±DDMM or ±DDMMSS, longitude with three digits of degrees. */
function degrees(text: string): number {
  const [, sign, whole, minutes, seconds = '0'] = /^([+-])(\d{2,3})(\d\d)(\d\d)?$/.exec(text)!
  const value = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600
  return Math.round((sign === '-' ? -value : value) * 10) / 10
}

for (const file of ['zone1970.tab', 'zone.tab'])
  for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
    if (line.startsWith('#') || line === '') continue
    const [, at, zone] = line.split('\t')
    const [, latitude, longitude] = /^([+-]\d+)([+-]\d+)$/.exec(at!)!
    places.set(zone!, [degrees(latitude!), degrees(longitude!)])
  }
// Other names of a zone are at the same place.
const links = readFileSync(join(folder, 'tzdata.zi'), 'utf8').matchAll(/^L (\S+) (\S+)$/gm)
const pairs = [...links].map(([, to, from]) => [to!, from!] as const)
for (let again = true; again;) {
  again = false
  for (const [to, from] of pairs)
    for (const [known, other] of [
      [to, from],
      [from, to],
    ] as const)
      if (places.has(known) && !places.has(other)) {
        places.set(other, places.get(known)!)
        again = true
      }
}
const lines = [...places]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([zone, at]) => `  ${JSON.stringify(zone)}: [${at.join(', ')}]`)
writeFileSync(out, `{\n${lines.join(',\n')}\n}\n`)
