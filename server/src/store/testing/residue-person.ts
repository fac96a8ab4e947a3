// One row in every table of a person, each personal value of it a canary.
import { newId, type SubjectId } from '@eaves/model'
import type { TestStores } from '../testing.ts'
import { address, canary, email, phone, system } from './residue-words.ts'

export async function writePerson({ facts, vault }: TestStores['stores'], subject: SubjectId): Promise<void> {
  await vault.createKey({ subject })
  await vault.blind.put('email', email, subject)
  await vault.blind.put('phone', phone, subject)
  await vault.counters.hit(`${email}|${address}`, 60_000, 5)
  const scope = { person: subject }
  const core = facts.as({ scope, actor: system, purpose: 'service.core' })
  const id = newId()
  await core
    .insertInto('account')
    .values({
      subject,
      tenant: 'main',
      email: await core.seal('account', 'email', subject, email),
      phone: await core.seal('account', 'phone', subject, phone),
      email_verified_at: 1,
      phone_verified_at: null,
      password: await core.seal('account', 'password', subject, canary('password')),
      locale: 'en',
      theme: 'system',
      region: 'EU',
      created_at: 1,
      closed_at: null,
      phone_changed_at: null,
      password_set_at: 1,
      passkey_handle: newId(),
    })
    .execute()
  await core
    .insertInto('session')
    .values({
      subject,
      id,
      hash: newId(),
      kind: 'browser',
      created_at: 1,
      last_seen_at: 1,
      proved_at: 1,
      expires_at: 2,
      label: await facts
        .as({ scope, actor: system, purpose: 'account.device-label' })
        .seal('session', 'label', id, canary('phone model')),
      address: await facts
        .as({ scope, actor: system, purpose: 'security' })
        .seal('session', 'address', id, address),
      secret_at: 1,
    })
    .execute()
  await core
    .insertInto('replaced_secret')
    .values({ subject, id, session_id: id, hash: newId(), until: null, expires_at: 2 })
    .execute()
  await core
    .insertInto('passkey')
    .values({
      subject,
      id,
      credential_id: newId(),
      public_key: newId(),
      counter: 0,
      transports: 'internal',
      kind: 'multiDevice',
      backed_up: 1,
      host: 'localhost',
      name: await core.seal('passkey', 'name', id, canary('passkey name')),
      created_at: 1,
      last_used_at: null,
    })
    .execute()
  await core
    .insertInto('totp')
    .values({
      subject,
      secret: await core.seal('totp', 'secret', subject, canary('totp secret')),
      created_at: 1,
      confirmed_at: null,
      last_step: null,
    })
    .execute()
  await core
    .insertInto('address_undo')
    .values({
      subject,
      id,
      hash: newId(),
      address: await core.seal('address_undo', 'address', id, { email, phone }),
      changed_at: 1,
      expires_at: 2,
      verified_at: 1,
      told_at: 1,
    })
    .execute()
  const target = {
    endpoint: `https://push.example.org/${canary('endpoint')}`,
    p256dh: canary('key'),
    auth: 'x',
  }
  await core
    .insertInto('push_subscription')
    .values({
      subject,
      id,
      session: id,
      hash: newId(),
      target: await core.seal('push_subscription', 'target', id, target),
      locale: 'en',
      created_at: 1,
      sent_at: null,
    })
    .execute()
  await core
    .insertInto('inbox')
    .values({
      subject,
      id,
      at: 1,
      kind: 'automation.says',
      home: null,
      device: null,
      automation: null,
      times: 1,
      seen_at: null,
      over_at: null,
      words: await core.seal('inbox', 'words', id, canary('told')),
      question: null,
      answers: await core.seal('inbox', 'answers', id, [{ id: 'yes', label: canary('answer') }]),
      again_at: null,
      again_minutes: null,
      again_left: null,
    })
    .execute()
  const rules = { inboxOnly: [], quiet: { from: '22:00', to: '07:00' }, dangersWait: false }
  await core
    .insertInto('notice_rules')
    .values({ subject, rules: await core.seal('notice_rules', 'rules', subject, rules) })
    .execute()
  await vault.ownKey('push', () => Buffer.from(canary('own key')))
  await core.insertInto('recovery_code').values({ subject, id, hash: newId(), used_at: null }).execute()
  await core
    .insertInto('token')
    .values({
      subject,
      id,
      hash: newId(),
      name: await core.seal('token', 'name', id, canary('token name')),
      homes: null,
      verbs: null,
      created_at: 1,
      expires_at: 2,
      last_used_at: null,
      surface: 'app',
    })
    .execute()
  const acts = {
    acts: {
      agreement: { act: 'accept', sha256: 'a'.repeat(64) },
      privacy: { act: 'acknowledge', sha256: 'b'.repeat(64) },
      locale: 'en',
      region: 'EU',
    },
  } as const
  await core
    .insertInto('sign_in_flow')
    .values({
      subject,
      id,
      code_hash: newId(),
      tries: 0,
      identifier: await core.seal('sign_in_flow', 'identifier', id, { email, phone }),
      known: 1,
      acts: await core.seal('sign_in_flow', 'acts', id, acts),
      created_at: 1,
      expires_at: 2,
    })
    .execute()
  await core
    .insertInto('agreement')
    .values({
      subject,
      id,
      document: 'agreement',
      version: '2.0',
      sha256: 'a',
      locale: 'en',
      region: 'EU',
      act: 'accept',
      at: 1,
      surface: 'app',
    })
    .execute()
  await core.insertInto('policy_notice').values({ subject, version: '2.0', told_at: 1 }).execute()
  await core
    .insertInto('consent_event')
    .values({
      subject,
      id,
      purpose: 'account.device-label',
      recipient: '',
      categories: null,
      event: 'given',
      region: 'EU',
      notice_sha256: 'a',
      locale: 'en',
      at: 1,
      surface: 'app',
      basis: 'consent',
    })
    .execute()
  await core
    .insertInto('request')
    .values({
      subject,
      id,
      kind: 'access',
      state: 'answered',
      ground: null,
      purpose: null,
      regime: 'gdpr',
      received_at: 1,
      due_at: 2,
      run_at: 1,
      paused_at: null,
      extended_at: null,
      answered_at: 1,
      ended_at: 1,
      mark: 0,
      link_hash: newId(),
      link_until: 2,
      about_place: 'facts.activity_log',
      about_field: 'kind',
      statement: await core.seal('request', 'statement', id, canary('statement')),
      reply: await core.seal('request', 'reply', id, canary('reply')),
      outcome: 'beside',
    })
    .execute()
  await core
    .insertInto('request_step')
    .values({
      subject,
      id,
      request: id,
      place: 'facts.account',
      result: 'done',
      reason: null,
      until: null,
      at: 1,
    })
    .execute()
  await core
    .insertInto('request_package')
    .values({
      subject,
      id,
      request: id,
      part: 0,
      bytes: await core.seal('request_package', 'bytes', id, canary('copy')),
      expires_at: 2,
    })
    .execute()
  const about = {
    subject,
    id,
    kind: 'report',
    recipient: 'acme',
    purpose: 'sharing.manufacturer-quality',
  } as const
  await core
    .insertInto('release')
    .values({
      ...about,
      slot: '2026-01-01',
      basis: id,
      created_at: 1,
      due_at: 1,
      attempts: 0,
      locked_until: null,
      done_at: null,
    })
    .execute()
  await core
    .insertInto('disclosure')
    .values({
      ...about,
      release_id: id,
      categories: '["device.use"]',
      fields: '["devices.count"]',
      basis: '[]',
      agreement_sha256: 'a',
      intent_at: 1,
    })
    .execute()
  await core
    .insertInto('disclosure_outcome')
    .values({ subject, id, outcome: 'sent', answer: null, outcome_at: 1, bytes: 1, digest: newId() })
    .execute()
  await core
    .insertInto('staff')
    .values({
      subject,
      role: 'support',
      name: await core.seal('staff', 'name', subject, canary('staff')),
      enrol_hash: newId(),
      enrol_until: 1,
      password: await core.seal('staff', 'password', subject, canary('staff-password')),
      secret: await core.seal('staff', 'secret', subject, canary('staff-secret')),
      last_step: null,
      added_at: 1,
      ended_at: null,
    })
    .execute()
  await core.insertInto('support_case').values({ subject, id, opened_at: 1, until: 2 }).execute()
  await core
    .insertInto('access_log')
    .values({
      subject,
      id,
      at: 1,
      staff: newId(),
      role: 'operator',
      outcome: 'opened',
      opening: id,
      case_kind: 'break-glass',
      case_id: newId(),
      purpose: 'service.core',
      categories: '[]',
      ends_at: 2,
      refusal: null,
      reason: await core.seal('access_log', 'reason', id, canary('reason')),
    })
    .execute()
  const security = facts.as({ scope, actor: system, purpose: 'security' })
  await security
    .insertInto('activity_log')
    .values({
      subject,
      id,
      at: 1,
      kind: 'sign-in',
      surface: 'app',
      home: null,
      device: id,
      locale: 'en',
      address: await security.seal('activity_log', 'address', id, address),
      area: await security.seal('activity_log', 'area', id, address),
    })
    .execute()
  const searching = facts.as({ scope, actor: system, purpose: 'account.search-history' })
  await searching
    .insertInto('search_log')
    .values({
      subject,
      id,
      at: 1,
      text: await searching.seal('search_log', 'text', id, canary('search')),
    })
    .execute()
}
