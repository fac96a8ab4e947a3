import { regions, type Region } from '@eaves/model'
import {
  purposes,
  safeguards,
  sharedFields,
  sharingPurposes,
  type FieldName,
  type Safeguard,
  type SharingPurpose,
} from '@eaves/policy'
import { z } from 'zod'
import { filled, webAddress } from './operator.ts'

export const recipientKinds = ['manufacturer', 'partner', 'processor'] as const
export type RecipientKind = (typeof recipientKinds)[number]

/** Somebody by name who may get something, as whoever runs the server has registered them. // pp.3.1.p */
export interface Registered {
  readonly id: string
  readonly name: string
  readonly kind: RecipientKind
  readonly contact: string
  readonly policyUrl: string
  readonly region: Region
  /** By what something may go there from another region. */
  readonly mechanism?: { readonly kind: Safeguard; readonly sha256: string } | undefined
  readonly agreement?: Agreement | undefined
  readonly purposes: readonly SharingPurpose[]
  readonly fields: readonly FieldName[]
  readonly endpoint?: { readonly url: string; readonly secret: string } | undefined
  /** Which devices are its own: the manufacturer that they announce. */
  readonly brands: readonly string[]
}
export interface Agreement {
  readonly sha256: string
  /** Epoch ms. */
  readonly signedAt: number
  readonly expiresAt: number
}

/** Words that stand for somebody without naming them. // pp.3.1.p */
const nobodyInParticular =
  /^(?:(?:our|my|the|a|an|any|other|trusted|selected|various|business|third)\s+)*(?:partner|manufacturer|processor|supplier|vendor|affiliate|service provider|provider|recipient|company|part(?:y|ie)|third[- ]part(?:y|ie)|other)s?$|^(?:我们的|其他|可信|第三方|关联|合作)*(?:合作伙伴|合作方|伙伴|第三方|供应商|服务商|服务提供商|厂商|制造商|接收方|公司|关联公司)$/i
const day = z.iso.date().transform((text) => Date.parse(text))
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const isHere = (url: URL) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)

const shape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: filled.refine((text) => !nobodyInParticular.test(text), 'is nobody’s name'), // pp.3.1.p
  kind: z.enum(recipientKinds),
  contact: filled,
  policyUrl: webAddress,
  region: z.enum(regions),
  mechanism: z.strictObject({ kind: z.enum(safeguards), sha256: hash }).optional(),
  agreement: z.strictObject({ sha256: hash, signedAt: day, expiresAt: day }).optional(),
  purposes: z.array(z.string()),
  fields: z.array(z.string()),
  endpoint: z.string().optional(),
  secretFile: z.string().min(1).optional(),
  brands: z.array(filled).default([]),
})
const file = z.strictObject({ recipients: z.array(z.unknown()).max(200) })
type Shape = z.output<typeof shape>

export type ReadSecret = (path: string) => string | undefined
export type ReadRegister =
  | { readonly recipients: readonly Registered[] }
  | { readonly faults: readonly string[] }

/** Reads the text of recipients.json; each fault names the recipient and the entry. An absent file is an empty register. // pp.3.1 */
export function readRecipients(text: string | undefined, readSecret: ReadSecret): ReadRegister {
  if (text === undefined) return { recipients: [] }
  const read = file.safeParse(parsed(text))
  if (!read.success) return { faults: ['it must be {"recipients": [ … ]}'] }
  const faults: string[] = []
  const found = read.data.recipients.flatMap((each, at) => {
    const one = shape.safeParse(each)
    const id =
      typeof each === 'object' && each !== null && 'id' in each && typeof each.id === 'string'
        ? each.id
        : `recipients.${at}`
    if (!one.success) {
      for (const issue of one.error.issues)
        faults.push(`${id}: ${[...issue.path, wordsOf(issue)].join('.').replace(/\.([^.]*)$/, ' $1')}`)
      return []
    }
    const own = faultsOf(one.data, readSecret)
    faults.push(...own.map((fault) => `${id}: ${fault}`))
    return own.length > 0 ? [] : [registered(one.data, readSecret)]
  })
  for (const { id } of found)
    if (found.filter((each) => each.id === id).length > 1) faults.push(`${id}: stands there twice`)
  return faults.length > 0 ? { faults: [...new Set(faults)] } : { recipients: found }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `has no place for ${issue.keys.join(', ')}`
  return issue.code === 'custom' ? issue.message : `is not right (${issue.code.replaceAll('_', ' ')})`
}

/** What each entry may be by itself and its entries together must not. */
function faultsOf(one: Shape, readSecret: ReadSecret): string[] {
  const faults: string[] = []
  const known: readonly string[] = sharingPurposes
  for (const purpose of one.purposes)
    if (!known.includes(purpose)) faults.push(`purposes: ${purpose} is no purpose that lets anything leave`) // pp.2.3.5
  for (const purpose of sharingPurposes.filter((each) => one.purposes.includes(each)))
    if (purposes[purpose].recipient === 'chosen-manufacturer' && one.kind !== 'manufacturer')
      faults.push(`purposes: ${purpose} is for manufacturers alone`)
  const closed = sharingPurposes
    .filter((each) => one.purposes.includes(each))
    .flatMap((purpose) => Object.keys(sharedFields[purpose]))
  for (const field of one.fields)
    if (!closed.includes(field)) faults.push(`fields: ${field} is nothing that can be sent for its purposes`) // pp.3.1.4
  if (one.agreement !== undefined && one.agreement.expiresAt <= one.agreement.signedAt)
    faults.push('agreement: ends before it begins')
  if (one.purposes.length === 0) {
    if (one.endpoint !== undefined) faults.push('endpoint: without a purpose nothing is sent')
    return faults
  }
  if (one.fields.length === 0) faults.push('fields: none, so nothing would be sent')
  if (one.kind === 'manufacturer' && one.brands.length === 0)
    faults.push('brands: none, so no device is its own')
  return [...faults, ...endpointFaults(one, readSecret)]
}

function endpointFaults({ endpoint, secretFile }: Shape, readSecret: ReadSecret): string[] {
  if (endpoint === undefined || !URL.canParse(endpoint)) return ['endpoint: must be an https:// address']
  const url = new URL(endpoint)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere(url)))
    return ['endpoint: must be an https:// address (http:// on this machine only)'] // pp.5.1
  if (url.username !== '' || url.password !== '')
    return ['endpoint: holds a name or password; the signature made with secretFile takes their place']
  if (secretFile === undefined) return ['secretFile: names the file with the secret that signs what is sent']
  const secret = readSecret(secretFile)
  if (secret === undefined) return [`secretFile: ${secretFile} cannot be read`]
  return secret.length < 16 ? ['secretFile: must hold a secret of at least 16 characters'] : []
}

function registered(one: Shape, readSecret: ReadSecret): Registered {
  const { endpoint, secretFile, ...rest } = one
  const secret = secretFile === undefined ? undefined : readSecret(secretFile)
  return {
    ...rest,
    purposes: sharingPurposes.filter((each) => one.purposes.includes(each)),
    fields: [...new Set(one.fields)] as FieldName[],
    ...(endpoint === undefined || secret === undefined ? {} : { endpoint: { url: endpoint, secret } }),
  }
}
