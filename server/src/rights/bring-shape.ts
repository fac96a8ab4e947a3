import { confirmers, familyStatuses } from '@eaves/model'
import { homeAboutEdit, id, locale, name, zone, type LeftWhy } from '@eaves/model/api'
import { z } from 'zod'

const mostRows = 5_000
const rows = <T extends z.ZodType>(row: T) => z.array(row).max(mostRows).default([])
const { floorAreaM2, address } = homeAboutEdit.shape

/** What is read of data.json. Whatever else stands in it is looked at by its name alone. */
export const copyShape = z.object({
  format: z.literal('eaves-copy-1'),
  homes: rows(z.object({ home: id, role: z.string().max(20) })),
  tables: z
    .object({
      account: rows(
        z.object({
          locale: locale.nullable().default(null),
          theme: z.enum(['system', 'light', 'dark']).nullable().default(null),
          insights: z.literal(0).nullable().default(null),
        }),
      ),
      home: rows(z.object({ home_id: id, name, zone, confirm: z.enum(confirmers).default('guests') })),
      home_about: rows(
        z.object({
          home_id: id,
          floor_area: z
            .string()
            .max(20)
            .transform(Number)
            .pipe(z.number().pipe(floorAreaM2.unwrap().unwrap()))
            .nullable(),
          family_status: z.enum(familyStatuses).nullable(),
          address: address.unwrap(),
        }),
      ),
      floor: rows(z.object({ home_id: id, id, name, position: z.int() })),
      room: rows(z.object({ home_id: id, id, name, floor_id: id.nullable(), position: z.int() })),
    })
    .catchall(z.array(z.unknown())),
  live: z.array(z.unknown()).default([]),
  histories: z.array(z.unknown()).default([]),
})
export type CopyRead = z.output<typeof copyShape>
export const isRead: ReadonlySet<string> = new Set(['account', 'home', 'home_about', 'floor', 'room'])

const because: Readonly<Record<LeftWhy, readonly string[]>> = {
  'way-in': [
    'session',
    'token',
    'passkey',
    'totp',
    'recovery_code',
    'connection',
    'credential',
    'push_subscription',
    'member_pin',
    'address_undo',
    'panel',
    'automation_hook',
    'calendar_source',
    'price_source',
  ],
  agreement: ['agreement', 'consent_event', 'policy_notice'],
  others: ['member', 'invitation', 'transfer'],
  device: [
    'scene',
    'scene_version',
    'energy_meter',
    'energy_price',
    'device',
    'group_member',
    'bridge',
    'live',
    'histories',
  ],
  record: [],
}
/** Why a table stays behind: what opens doors, what was said to another server, other people; the rest is that server's own record. // pp.4.4.c */
export const leftBecause = (table: string): LeftWhy =>
  (Object.keys(because) as LeftWhy[]).find((why) => because[why].includes(table)) ?? 'record'
