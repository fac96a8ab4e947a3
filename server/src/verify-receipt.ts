import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { receipt, signingKey, type Receipt } from '@eaves/model/api'
import { z } from 'zod'
import { options } from './options.ts'
import { checkSigned } from './privacy/privacy.ts'
import { StartError } from './start-error.ts'

const usage = 'Use: eaves verify-receipt FILE --keys FILE [--json]'
const keyFile = z.looseObject({ keys: z.array(signingKey).min(1) })
const faults = {
  'not-a-receipt': 'This file is not a receipt of Eaves.',
  'not-signed': 'This receipt carries no signature that can be read.',
  'wrong-type': 'What is signed here is something else, not a receipt.',
  'unknown-key':
    'None of these keys signed it. Take the keys from /api/contact of the server that gave the receipt.',
  altered: 'The signature does not fit: what was signed has been altered.',
  differs: 'The receipt says other than what was signed.',
} as const
type Fault = keyof typeof faults

/** Says whether a receipt is genuine, from files alone; ends with 0 if it is and with 1 if not. // pp.4.4.e */
export async function verifyReceipt(
  args: readonly string[],
  say: (text: string) => void = (text) => void process.stdout.write(`${text}\n`),
): Promise<number> {
  const [file, ...rest] = args
  if (file === undefined || file.startsWith('--')) throw new StartError(usage)
  const { keys: keyPath, json } = options(rest, { keys: 'value', json: 'flag' })
  if (keyPath === undefined) throw new StartError(`Which keys? ${usage}`)
  const keys = keyFile.safeParse(read(keyPath))
  if (!keys.success)
    throw new StartError(`${keyPath} holds no keys. Save the answer of /api/contact of the server into it.`)
  const judged = judge(read(file), keys.data.keys)
  if ('fault' in judged) {
    say(json ? JSON.stringify({ valid: false, fault: judged.fault }) : faults[judged.fault])
    return 1
  }
  const { found, kid } = judged
  const { processing, header, state } = found
  say(
    json
      ? JSON.stringify({
          valid: true,
          key: kid,
          state,
          purpose: processing.purpose,
          record: header.record_id,
        })
      : `Genuine. ${processing.purpose_name}: ${state === 'given' ? 'yes' : 'no'}, ${header.created_at}, account ${header.pii_principal_id}. Signed by key ${kid}.`,
  )
  return 0
}

function judge(
  content: unknown,
  keys: readonly z.infer<typeof signingKey>[],
): { readonly fault: Fault } | { readonly found: Receipt; readonly kid: string } {
  const shown = receipt.strict().safeParse(content)
  if (!shown.success) return { fault: 'not-a-receipt' }
  // Compared as the file has it: reading it by its shape would drop what was written in between.
  const { jws, ...said } = content as Receipt
  const checked = checkSigned('eaves-receipt', jws, keys)
  if ('fault' in checked) return checked
  // Beside a genuine signature anything could stand.
  return isDeepStrictEqual(checked.payload, said)
    ? { found: shown.data, kid: checked.kid }
    : { fault: 'differs' }
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new StartError(`${path} cannot be read as JSON. ${usage}`, { cause: error })
  }
}
