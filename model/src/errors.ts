import { alarmErrors } from './errors-alarm.ts'
import { automationErrors } from './errors-automations.ts'
import { backupErrors } from './errors-backup.ts'
import { historyErrors } from './errors-history.ts'
import { minorErrors } from './errors-minors.ts'
import { noticeErrors } from './errors-notices.ts'
import { sceneErrors } from './errors-scenes.ts'

/** The error table: code → HTTP status, what was wrong, what to do. Codes are grouped by whose turn it is and are never reused. */
export interface ErrorEntry {
  readonly status: number
  readonly title: string
  readonly todo: string
}

const table = {
  'input.invalid': {
    status: 422,
    title: 'Some fields are not valid.',
    todo: 'Correct the fields named in "errors" and send again.',
  },
  'input.malformed': {
    status: 400,
    title: 'The request could not be read.',
    todo: 'Send well-formed JSON in UTF-8 with the content type application/json.',
  },
  'input.archive': {
    status: 422,
    title: 'This file is no copy that can be brought along.',
    todo: 'Choose the ZIP as it was downloaded, made by a server of this or an earlier version. Nothing was changed.',
  },
  'input.too-large': { status: 413, title: 'The request is too large.', todo: 'Send a smaller request.' },
  'input.unknown-field': {
    status: 422,
    title: 'A field is not known here.',
    todo: 'Remove the field named in "errors".',
  },
  'input.method': {
    status: 405,
    title: 'This address does not take that method.',
    todo: 'See /api/openapi.json for the methods.',
  },
  'input.conflict': {
    status: 409,
    title: 'This clashes with what exists.',
    todo: 'Read the present state and try again.',
  },
  'input.idempotency-mismatch': {
    status: 409,
    title: 'This idempotency key was used for a different command.',
    todo: 'Use a new key for a new command.',
  },
  'input.precondition': {
    status: 412,
    title: 'Something changed in between.',
    todo: 'Reload and try again.',
  },
  'auth.required': { status: 401, title: 'You are not signed in.', todo: 'Sign in, or send a valid token.' },
  'auth.not-found': { status: 404, title: 'There is nothing here.', todo: 'Check the address.' },
  'auth.forbidden': {
    status: 403,
    title: 'You may not do this.',
    todo: 'Ask an owner or administrator of the home.',
  },
  'auth.origin': {
    status: 403,
    title: 'This request came from another site.',
    todo: 'Open the app at its own address.',
  },
  'auth.host': {
    status: 421,
    title: 'This server does not answer to that name.',
    todo: 'Use the address the server printed at its start.',
  },
  'auth.code-wrong': {
    status: 401,
    title: 'That code is not right or has expired.',
    todo: 'Check the code, or ask for a new one.',
  },
  'auth.password-wrong': {
    status: 401,
    title: 'The address and password do not match.',
    todo: 'Try again, or sign in with a code.',
  },
  'server.no-staff': {
    status: 409,
    title: 'A household has no staff.',
    todo: 'Nobody but its people sees anything. Staff exist in a hosted service alone.',
  },
  'auth.staff-wrong': {
    status: 401,
    title: 'Name, password and code do not match.',
    todo: 'Try again with the code that the authenticator app shows now; each works once.',
  },
  'auth.last-address': {
    status: 409,
    title: 'This is the last address that is proved to be yours.',
    todo: 'Add and confirm another first; without any there would be no way back in.',
  },
  'auth.second-factor': {
    status: 403,
    title: 'This account asks for a second proof.',
    todo: 'Send it along in "second": a code of the authenticator app, or a recovery code.',
  },
  'auth.passkey-wrong': {
    status: 401,
    title: 'That passkey was not accepted.',
    todo: 'Try again, or sign in another way.',
  },
  'auth.passkey-name': {
    status: 409,
    title: 'Passkeys do not work at a bare network address.',
    todo: 'Open Eaves by its name, for example http://localhost, and try again.',
  },
  'auth.too-many': {
    status: 429,
    title: 'Too many attempts.',
    todo: 'Wait until the time named in "retryAfterSeconds", then try again.',
  },
  'auth.step-up-required': {
    status: 403,
    title: 'This needs a proof of who you are from the last five minutes.',
    todo: 'Prove it again at /api/me/proofs, then repeat the act. An access token cannot do this.',
  },
  'home.confirm-required': {
    status: 403,
    title: 'This home wants that confirmed.',
    todo: 'Send your PIN with the command, or sign in again and repeat it within five minutes. A wall panel needs the PIN that a keeper gave it.',
  },
  'home.pin-wrong': {
    status: 403,
    title: 'That PIN is not right.',
    todo: 'Check it and try again. After five wrong tries it rests for 15 minutes.',
  },
  'home.pin-locked': {
    status: 429,
    title: 'Too many wrong PINs.',
    todo: 'Wait until the time named in "retryAfterSeconds", then try again.',
  },
  'policy.agreement-required': {
    status: 451,
    title: 'The current agreement has not been accepted.',
    todo: 'Read the two documents and accept, or leave.',
  },
  'policy.document-changed': {
    status: 409,
    title: 'The document you agreed to is not the current one.',
    todo: 'Read the current version and agree again.',
  },
  'policy.notice-changed': {
    status: 409,
    title: 'This yes is to another text than the one that is shown now.',
    todo: 'Nothing was changed. Read the present text and choose again.',
  },
  'policy.no-agreement': {
    status: 409,
    title: 'There is no agreement in force with this recipient.',
    todo: 'Nothing can be shared with it. Ask whoever runs this server.',
  },
  'policy.gpc': {
    status: 409,
    title: 'Your browser says that nothing about you is to be shared.',
    todo: 'Nothing was changed. To share all the same, turn Global Privacy Control off in the browser first.',
  },
  'policy.region': {
    status: 409,
    title: 'This recipient is in another region, and no safeguard for that is in force.',
    todo: 'Nothing can be shared with it. Ask whoever runs this server.',
  },
  'policy.asked-recently': {
    status: 409,
    title: 'The answer was no, and not long ago.',
    todo: 'Ask again at the time that the choice names; the person can change it at any time.',
  },
  'policy.nothing-sent': {
    status: 409,
    title: 'Nothing that stands for you was sent to this recipient.',
    todo: 'There is nothing that it could find and delete.',
  },
  'policy.no-endpoint': {
    status: 409,
    title: 'This recipient cannot be reached from here any more.',
    todo: 'Write to it yourself: its contact stands with its name, or in its own policy.',
  },
  'policy.purpose': {
    status: 403,
    title: 'This use of the data is not allowed.',
    todo: 'Nothing was read or written. See the privacy statement.',
  },
  'push.unavailable': {
    status: 409,
    title: 'This server sends no notices to browsers.',
    todo: 'Nothing: what concerns security comes by e-mail or text message.',
  },
  'claim.code-wrong': {
    status: 401,
    title: 'That claim code is not right.',
    todo: 'Use the code printed at the start. After ten wrong tries a new one is printed.',
  },
  'claim.claimed': { status: 409, title: 'This server has been claimed already.', todo: 'Sign in instead.' },
  'policy.retention-failing': {
    status: 503,
    title: 'Nothing new of this kind is kept at the moment.',
    todo: 'What should have gone from here could not be deleted. Nothing was stored; whoever runs this server has been told.',
  },
  'member.last-owner': {
    status: 409,
    title: 'A home needs an owner.',
    todo: 'Hand the home over to another member first, or remove it.',
  },
  'member.child': {
    status: 403,
    title: 'A child does not leave a home by itself.',
    todo: 'Ask the adult who answers for the child, or an owner of the home.',
  },
  'invitation.expired': {
    status: 410,
    title: 'This invitation has expired.',
    todo: 'Ask whoever invited you for a new one; "detail" names them where the home has a name for them.',
  },
  'device.unreachable': {
    status: 503,
    title: 'The device cannot be reached.',
    todo: 'Check its power and connection.',
  },
  'device.unsupported': {
    status: 422,
    title: 'The device does not have this function.',
    todo: 'See the capabilities of the device.',
  },
  'device.out-of-range': {
    status: 422,
    title: 'The value is outside what the device takes.',
    todo: 'Use a value within the range the device names.',
  },
  'device.rejected': {
    status: 502,
    title: 'The device refused the command.',
    todo: 'See the reason; try another value or check the device.',
  },
  'device.timed-out': {
    status: 504,
    title: 'The device did not report the new state in time.',
    todo: 'Check the device, then try again.',
  },
  'device.superseded': {
    status: 409,
    title: 'A newer command took its place.',
    todo: 'Nothing: the newer command counts.',
  },
  'device.no-answer': {
    status: 504,
    title: 'The bridge did not answer in time.',
    todo: 'It may still be at work: look at the device in a minute, then try again.',
  },
  'device.replaced': {
    status: 409,
    title: 'The device was replaced by another.',
    todo: 'Send the command again; the new one takes it.',
  },
  'bridge.unreachable': {
    status: 503,
    title: 'The bridge cannot be reached.',
    todo: 'Check that it runs and is connected, then try again.',
  },
  'bridge.joining': {
    status: 409,
    title: 'Devices may already join through this bridge.',
    todo: 'Use the search that is open, or end it first.',
  },
  'connection.unreachable': {
    status: 502,
    title: 'The broker cannot be reached.',
    todo: 'Check its address and port, and that it is running.',
  },
  'connection.unauthorized': {
    status: 502,
    title: 'The broker refused the user name or password.',
    todo: 'Check both and try again.',
  },
  'connection.tls': {
    status: 502,
    title: 'The broker’s certificate could not be verified.',
    todo: 'Use a valid certificate, or give the authority that signed it.',
  },
  'connection.empty': {
    status: 404,
    title: 'Nothing is announced on this broker yet.',
    todo: 'Switch on Zigbee2MQTT or Home Assistant discovery, or wait for a device to announce itself.',
  },
  'connection.from-environment': {
    status: 409,
    title: 'This connection is set by the server’s environment.',
    todo: 'Remove the variable and restart instead.',
  },
  'connection.fault': {
    status: 502,
    title: 'The driver of this connection failed.',
    todo: 'It is tried again by itself; if it stays, check the connection’s settings.',
  },
  'server.unclaimed': {
    status: 503,
    title: 'This server has not been claimed yet.',
    todo: 'Open the claim link printed at its start.',
  },
  'server.starting': { status: 503, title: 'The server is still starting.', todo: 'Try again in a moment.' },
  'server.busy': { status: 503, title: 'The server is busy.', todo: 'Try again in a moment.' },
  'server.driver-down': {
    status: 503,
    title: 'The driver process is restarting.',
    todo: 'Try again in a few seconds.',
  },
  'server.disk-full': {
    status: 507,
    title: 'The disk is full, so this could not be recorded.',
    todo: 'Free some space on the disk that holds the data folder.',
  },
  'server.fault': {
    status: 500,
    title: 'Something went wrong here.',
    todo: 'Try again; if it repeats, give the reference to whoever runs this server.',
  },
  ...backupErrors,
  ...historyErrors,
  ...minorErrors,
  ...sceneErrors,
  ...alarmErrors,
  ...automationErrors,
  ...noticeErrors,
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof table
export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table

/** One field that was wrong: a path such as "rooms.0.name" and the code of what is wrong with it. */
export interface FieldError {
  readonly path: string
  readonly code: string
}

export interface AppErrorOptions {
  readonly errors?: readonly FieldError[]
  readonly detail?: string
  readonly retryAfterSeconds?: number
  /** How many wrong tries are still let through. */
  readonly triesLeft?: number
  readonly cause?: unknown
}

/** The one error class that crosses a slice's front; answered as an RFC 9457 problem document. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly errors: readonly FieldError[] | undefined
  readonly detail: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly triesLeft: number | undefined
  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(
      options.detail ?? table[code].title,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = 'AppError'
    this.code = code
    this.status = table[code].status
    this.errors = options.errors
    this.detail = options.detail
    this.retryAfterSeconds = options.retryAfterSeconds
    this.triesLeft = options.triesLeft
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError
}

export function hasCode<C extends ErrorCode>(
  error: unknown,
  ...codes: C[]
): error is AppError & { readonly code: C } {
  return error instanceof AppError && (codes as ErrorCode[]).includes(error.code)
}
