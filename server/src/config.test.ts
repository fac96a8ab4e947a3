// Catches a setting that is ignored, misread, or refused without naming it.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig, readDemoConfig } from './config.ts'

const dir = mkdtempSync(join(tmpdir(), 'eaves-config-'))
after(() => rmSync(dir, { recursive: true }))

test('nothing set gives the embedded defaults', () => {
  const config = readConfig({}, dir)
  assert.deepEqual(
    [config.dataDir, config.keyFile, config.outboxDir],
    [join(dir, 'data'), join(dir, 'data.key/kek'), join(dir, 'data.outbox')],
  )
  assert.deepEqual(
    [config.host, config.port, config.role, config.mqtt.port],
    ['127.0.0.1', 8420, 'household', undefined],
  )
})

const secret = join(dir, 'secret')
const short = join(dir, 'short')
writeFileSync(secret, 'a secret of the gateway\n')
writeFileSync(short, 'short')
const account = `AC${'0'.repeat(32)}`
const webhook = (more: Record<string, string>) => ({
  EAVES_SMS_WEBHOOK_URL: 'https://gateway.lan/texts',
  EAVES_SMS_WEBHOOK_SECRET_FILE: secret,
  ...more,
})

const refused: readonly (readonly [Record<string, string>, RegExp])[] = [
  [{ EAVES_PROT: '1' }, /EAVES_PROT is not a setting/],
  [{ EAVES_PORT: '84200' }, /EAVES_PORT is "84200"/],
  [{ EAVES_PORT: '0x10' }, /EAVES_PORT/],
  [{ EAVES_ROLE: 'cloud' }, /EAVES_ROLE is "cloud".*household, hosted/],
  [{ EAVES_HOST: '0.0.0.0', EAVES_ROLE: 'hosted' }, /EAVES_TLS_CERT.*EAVES_TRUSTED_PROXY/],
  [{ EAVES_HOST: '203.0.113.4' }, /no address of a private network.*EAVES_TLS_CERT/],
  [{ EAVES_HOST: '0.0.0.0', EAVES_KEY_FILE: 'data/kek' }, /EAVES_KEY_FILE stands inside EAVES_DATA/],
  [{ EAVES_MDNS_NAME: 'eaves' }, /EAVES_MDNS_NAME is "eaves"/],
  [{ EAVES_MDNS_NAME: 'a.b.local' }, /EAVES_MDNS_NAME/],
  [{ EAVES_TRUSTED_PROXY: '10.0.0.2' }, /EAVES_PROXY_HOSTS/],
  [
    { EAVES_TRUSTED_PROXY: '0.0.0.0/0', EAVES_PROXY_HOSTS: 'a.example' },
    /EAVES_TRUSTED_PROXY holds "0\.0\.0\.0\/0"/,
  ],
  [
    { EAVES_TRUSTED_PROXY: 'proxy.lan', EAVES_PROXY_HOSTS: 'a.example' },
    /EAVES_TRUSTED_PROXY holds "proxy\.lan"/,
  ],
  [{ EAVES_TRUSTED_PROXY: '10.0.0.2', EAVES_PROXY_HOSTS: 'https://a.example' }, /EAVES_PROXY_HOSTS holds/],
  [{ EAVES_HOST: 'example.org' }, /EAVES_HOST/],
  [{ EAVES_TLS_CERT: 'x' }, /belong together/],
  [{ EAVES_MQTT_HOST: '0.0.0.0' }, /EAVES_MQTT_HOST.*EAVES_TLS_CERT.*EAVES_MQTT_PLAIN/],
  [{ EAVES_MQTT_HOST: '0.0.0.0', EAVES_MQTT_PLAIN: 'yes' }, /EAVES_MQTT_PLAIN is "yes"/],
  [{ EAVES_MQTT_PLAIN: 'on-my-lan', EAVES_ROLE: 'hosted' }, /EAVES_MQTT_PLAIN/],
  [{ EAVES_MQTT_URL: 'http://x' }, /EAVES_MQTT_URL must start with mqtt:\/\//],
  [{ EAVES_MQTT_URL: 'nonsense' }, /EAVES_MQTT_URL is not a URL/],
  [{ EAVES_MQTT_URL: 'mqtt://a:secret@x', EAVES_ROLE: 'hosted' }, /PASSWORD_FILE/],
  [{ EAVES_NATS_URL: 'nats://x' }, /EAVES_NATS_URL asks for NATS, which this version does not have/],
  [{ EAVES_TRUSTED_PROXY: '1' }, /EAVES_TRUSTED_PROXY/],
  [{ EAVES_SMTP_URL: 'smtp://x' }, /EAVES_SMTP_FROM/],
  [{ EAVES_SMS_COUNTRIES: 'DE' }, /EAVES_SMS_COUNTRIES is set without EAVES_SMS_WEBHOOK_URL/],
  [{ EAVES_SMS_WEBHOOK_URL: 'gateway' }, /EAVES_SMS_WEBHOOK_URL must start with https/],
  [{ EAVES_SMS_WEBHOOK_URL: 'http://gateway.lan' }, /EAVES_SMS_WEBHOOK_URL must start with https/],
  [{ EAVES_SMS_WEBHOOK_URL: 'https://a:b@gateway.lan' }, /EAVES_SMS_WEBHOOK_URL holds a name or password/],
  [
    { EAVES_SMS_WEBHOOK_URL: 'https://gateway.lan' },
    /EAVES_SMS_WEBHOOK_URL needs EAVES_SMS_WEBHOOK_SECRET_FILE/,
  ],
  [webhook({ EAVES_SMS_WEBHOOK_SECRET_FILE: 'none' }), /EAVES_SMS_WEBHOOK_SECRET_FILE names none/],
  [webhook({ EAVES_SMS_WEBHOOK_SECRET_FILE: short }), /EAVES_SMS_WEBHOOK_SECRET_FILE must hold/],
  [webhook({}), /EAVES_SMS_COUNTRIES must name/],
  [webhook({ EAVES_SMS_COUNTRIES: 'Germany' }), /EAVES_SMS_COUNTRIES holds "GERMANY"/],
  [webhook({ EAVES_SMS_COUNTRIES: 'DE', EAVES_SMS_DAILY_CEILING: '0' }), /EAVES_SMS_DAILY_CEILING is "0"/],
  [webhook({ EAVES_SMS_COUNTRIES: 'DE', EAVES_SMS_DAILY_CEILING: '€20' }), /EAVES_SMS_DAILY_CEILING/],
  [webhook({ EAVES_SMS_FROM: 'Eaves' }), /EAVES_SMS_FROM has no meaning with EAVES_SMS_WEBHOOK_URL/],
  [webhook({ EAVES_SMS_TWILIO_ACCOUNT: account }), /EAVES_SMS_TWILIO_ACCOUNT are both set/],
  [{ EAVES_SMS_TWILIO_ACCOUNT: 'AC1' }, /EAVES_SMS_TWILIO_ACCOUNT must be/],
  [{ EAVES_SMS_TWILIO_ACCOUNT: account }, /EAVES_SMS_TWILIO_ACCOUNT needs EAVES_SMS_FROM/],
  [{ EAVES_SMS_TWILIO_ACCOUNT: account, EAVES_SMS_FROM: 'A far too long name' }, /EAVES_SMS_FROM is "A far/],
  [{ EAVES_SMS_TWILIO_ACCOUNT: account, EAVES_SMS_FROM: 'Eaves' }, /needs EAVES_SMS_TWILIO_TOKEN_FILE/],
  [{ EAVES_PUSH_HOSTS: 'https://push.example.org' }, /EAVES_PUSH_HOSTS holds "https:/],
  [{ EAVES_PUSH_HOSTS: '127.0.0.1' }, /EAVES_PUSH_HOSTS holds "127.0.0.1"/],
  [{ EAVES_PUSH_HOSTS: 'com' }, /EAVES_PUSH_HOSTS holds "com"/],
  [{ EAVES_PUSH_CONTACT: 'ada@example.org' }, /EAVES_PUSH_CONTACT is "ada/],
  [{ EAVES_ALIVE_URL: 'http://watch.example.org/1' }, /EAVES_ALIVE_URL must start with https/],
  [{ EAVES_ALIVE_URL: 'https://a:b@watch.example.org/1' }, /EAVES_ALIVE_URL holds a name/],
  [
    { EAVES_ALIVE_URL: 'https://watch.example.org/1', EAVES_ALIVE_MINUTES: '0' },
    /EAVES_ALIVE_MINUTES is "0"/,
  ],
  [{ EAVES_ALIVE_MINUTES: '5' }, /EAVES_ALIVE_MINUTES is set without EAVES_ALIVE_URL/],
  [{ EAVES_CONFIG: 'none.json' }, /EAVES_CONFIG names .*none\.json/],
]
for (const [env, sentence] of refused)
  test(`${JSON.stringify(env)} stops the start with a sentence that names it`, () => {
    assert.throws(() => readConfig(env, dir), sentence)
  })

test('beyond loopback the hub vouches for itself unless a certificate or a proxy does, and on loopback nobody has to', () => {
  const own = readConfig({ EAVES_HOST: '0.0.0.0' }, dir)
  assert.deepEqual(
    [own.ownAuthority, own.authorityDir, own.mdnsName],
    [true, join(dir, 'data.key/kek.tls'), 'eaves.local'],
  )
  assert.equal(readConfig({}, dir).ownAuthority, false)
  const proxy = readConfig(
    {
      EAVES_HOST: '0.0.0.0',
      EAVES_TRUSTED_PROXY: '10.0.0.2, fd00::/64',
      EAVES_PROXY_HOSTS: 'Home.example.org:443,b.example:8443',
    },
    dir,
  )
  assert.deepEqual(
    [proxy.ownAuthority, proxy.proxy],
    [false, { peers: ['10.0.0.2', 'fd00::/64'], hosts: ['home.example.org', 'b.example:8443'] }],
  )
  assert.equal(readConfig({ EAVES_MDNS_NAME: 'off' }, dir).mdnsName, undefined)
})

test('the configuration file counts, the environment wins, and its unknown keys are refused', () => {
  const path = join(dir, 'config.json')
  writeFileSync(path, JSON.stringify({ EAVES_PORT: 9000, EAVES_LOG: 'warn' }))
  const config = readConfig({ EAVES_CONFIG: path, EAVES_LOG: 'error' }, dir)
  assert.deepEqual([config.port, config.log], [9000, 'error'])
  writeFileSync(path, JSON.stringify({ port: 1 }))
  assert.throws(() => readConfig({ EAVES_CONFIG: path }, dir), /unknown setting port/)
  writeFileSync(path, '{')
  assert.throws(() => readConfig({ EAVES_CONFIG: path }, dir), /not valid JSON/)
})

test('a password file joins its URL', () => {
  const file = join(dir, 'password')
  writeFileSync(file, 'p@ss:word\n')
  const config = readConfig(
    { EAVES_MQTT_URL: 'mqtt://ada@broker:1883', EAVES_MQTT_URL_PASSWORD_FILE: file },
    dir,
  )
  assert.equal(config.mqtt.url, 'mqtt://ada:p%40ss%3Aword@broker:1883')
  assert.throws(() => readConfig({ EAVES_MQTT_URL_PASSWORD_FILE: file }, dir), /without EAVES_MQTT_URL/)
})

test('a gateway or a provider for text messages is read whole, its secret from a file', () => {
  const given = webhook({ EAVES_SMS_COUNTRIES: 'de, AT,de' })
  assert.deepEqual(readConfig(given, dir).sms, {
    service: { kind: 'webhook', url: 'https://gateway.lan/texts', secret: 'a secret of the gateway' },
    countries: ['DE', 'AT'],
    dailyCeiling: 100,
  })
  const from = {
    EAVES_SMS_TWILIO_ACCOUNT: account,
    EAVES_SMS_TWILIO_TOKEN_FILE: secret,
    EAVES_SMS_COUNTRIES: 'US',
    EAVES_SMS_DAILY_CEILING: '20',
  }
  for (const sender of ['+12025550123', 'Eaves', `MG${'b'.repeat(32)}`])
    assert.deepEqual(readConfig({ ...from, EAVES_SMS_FROM: sender }, dir).sms, {
      service: { kind: 'twilio', account, token: 'a secret of the gateway', from: sender },
      countries: ['US'],
      dailyCeiling: 20,
    })
  assert.equal(readConfig({}, dir).sms, undefined)
  for (const set of [given, { ...from, EAVES_SMS_FROM: 'Eaves' }])
    assert.throws(() => readDemoConfig(set, dir), /EAVES_SMS_(WEBHOOK_URL|TWILIO_ACCOUNT) cannot be set/)
  assert.equal(readDemoConfig({}, dir).push, undefined)
})

test('variables of the tests themselves are left alone', () => {
  assert.equal(readConfig({ EAVES_TEST_POSTGRES_URL: 'x' }, dir).port, 8420)
})
