// The import rules as data. A rule judges the imports of the files it speaks of and says why it exists.
import { packageName, type Edge } from './import-graph.ts'

export interface ImportRule {
  readonly from: RegExp
  /** The imports the rule judges; absent = all of them. */
  readonly about?: (edge: Edge) => boolean
  readonly may: (edge: Edge) => boolean
  readonly why: string
}

export interface WordRule {
  readonly from: RegExp
  readonly word: RegExp
  readonly why: string
}

export interface Exception {
  readonly from: RegExp
  /** Package names, `node:…` modules, or the words `fetch` and `WebSocket`. */
  readonly opens: readonly string[]
  readonly why: string
}

/** Tests and what surrounds the house look at it from outside; the rules are for what runs in a household. */
export const outside =
  /(^|\/)(test|bench|scripts|testing|fixtures|corpus|template)\/|(^|\/)testing\.ts$|\.test\.tsx?$|\.config\.ts$/

const isPackage =
  (...names: string[]) =>
  (edge: Edge): boolean =>
    edge.kind === 'package' && names.includes(packageName(edge.target))
const isInside =
  (folder: RegExp) =>
  (edge: Edge): boolean =>
    edge.kind === 'file' && folder.test(edge.target)
const any =
  (...tests: ((edge: Edge) => boolean)[]) =>
  (edge: Edge): boolean =>
    tests.some((test) => test(edge))

const sliceOf = (path: string): string | undefined => /^server\/src\/([^/]+)\//.exec(path)?.[1]
const crossesSlices = (edge: Edge): boolean => {
  const [own, other] = [sliceOf(edge.from), sliceOf(edge.target)]
  return edge.kind === 'file' && own !== undefined && other !== undefined && own !== other
}
// The vault stands below the store and beside the rest of its slice, so it has a door of its own.
const isFrontFile = (edge: Edge): boolean => {
  const slice = sliceOf(edge.target)
  return (
    slice !== undefined &&
    [`server/src/${slice}/${slice}.ts`, 'server/src/privacy/vault.ts'].includes(edge.target)
  )
}
const driverOf = (path: string): string | undefined => /^drivers\/[^/]+/.exec(path)?.[0]

const drivers = /^drivers\//
const hands = [
  'fs',
  'fs/promises',
  'net',
  'tls',
  'http',
  'https',
  'http2',
  'dgram',
  'dns',
  'dns/promises',
  'child_process',
  'worker_threads',
  'cluster',
  'inspector',
]

export const importRules: readonly ImportRule[] = [
  {
    from: /^model\//,
    may: any(isPackage('zod'), isInside(/^model\//)),
    why: 'the words run in server, browser and driver process, so they import zod and nothing else',
  },
  {
    from: /^policy\//,
    may: any(isPackage('@eaves/model'), isInside(/^policy\//)),
    why: 'the promise is pure and provable: it imports the words alone, neither Node nor a browser',
  },
  {
    from: /^driver-kit\//,
    may: any(isPackage('@eaves/model'), isInside(/^driver-kit\//)),
    why: 'outside authors see one door; what it stands on is the model',
  },
  {
    from: drivers,
    about: (edge) => edge.kind === 'file' || packageName(edge.target).startsWith('@eaves/'),
    may: any(isPackage('@eaves/driver-kit'), (edge) => driverOf(edge.target) === driverOf(edge.from)),
    why: 'a driver knows the kit and itself; it reaches neither another driver nor the server',
  },
  {
    from: drivers,
    about: (edge) => edge.kind === 'builtin',
    may: (edge) => !hands.includes(edge.target.slice('node:'.length)),
    why: 'a driver gets sockets and storage from its context, so that everything it touches is declared',
  },
  {
    from: /^server\/src\/(?!main\.ts$)/,
    about: isInside(/^server\/src\/main\.ts$/),
    may: () => false,
    why: 'main.ts knows everything, so nothing may know main.ts',
  },
  {
    from: /^server\/src\/(?!http\/)[^/]+\//,
    about: isInside(/^server\/src\/http\//),
    may: isInside(/^server\/src\/http\/entry\.ts$/),
    why: 'http imports slices, never the reverse; only the shape of an entry (http/entry.ts) is shared',
  },
  {
    from: /^server\/src\/(?!http\/|store\/schema\.ts$)/,
    about: (edge) => crossesSlices(edge) && !isInside(/^server\/src\/(store|http)\//)(edge),
    may: any(
      isFrontFile,
      (edge) => edge.typeOnly && edge.target.endsWith('/data.ts'),
      // The store opens its three files together, the vault with its key among them.
      (edge) => edge.from.startsWith('server/src/store/') && edge.target === 'server/src/privacy/key-file.ts',
    ),
    why: 'a slice calls another through its front file (slice/slice.ts), so each can be rewritten alone',
  },
  {
    from: /^server\/src\/http\//,
    about: crossesSlices,
    may: any(isFrontFile, isInside(/^server\/src\/[^/]+\/routes\.ts$/)),
    why: 'http mounts routes and asks fronts; it holds no logic of a slice',
  },
  {
    from: /^server\/src\/store\/schema\.ts$/,
    about: crossesSlices,
    may: isInside(/^server\/src\/[^/]+\/data\.ts$/),
    why: 'the schema gathers the data.ts of every slice and nothing else of them',
  },
  {
    from: /^server\/src\/(?!store\/)[^/]+\//,
    about: isInside(/^server\/src\/store\/(sqlite|postgres|migrations)\//),
    may: (edge) =>
      /^server\/src\/privacy\/vault[a-z-]*\.ts$/.test(edge.from) &&
      edge.target.endsWith('/sqlite/database.ts'),
    why: 'a dialect is seen by store/ alone: features never know which database they stand on; the vault is a file of its own',
  },
  {
    from: /^server\//,
    about: isPackage('kysely'),
    may: (edge) =>
      /^server\/src\/store\/|\/store\.ts$/.test(edge.from) ||
      (edge.from.endsWith('/data.ts') && edge.typeOnly),
    why: 'SQL is written in store.ts files and store/ alone; data.ts may import column types of Kysely as types',
  },
  {
    from: /^server\/src\/[^/]+\/data\.ts$/,
    may: any(
      isPackage('@eaves/model'),
      isPackage('kysely'),
      isInside(/^server\/src\/[^/]+\/(data|[a-z-]+-data)\.ts$/),
    ),
    why: 'a data.ts imports the model alone, so that the schema can gather all of them first',
  },
  {
    from: /^server\//,
    about: isPackage('@eaves/policy'),
    may: (edge) => edge.from.startsWith('server/src/privacy/'),
    why: 'the gate is one: only the privacy slice asks the policy, and its front answers everybody else',
  },
  {
    from: /^server\//,
    about: isPackage('@simplewebauthn/server', 'otpauth', 'oidc-provider', '@node-rs/argon2'),
    may: (edge) => edge.from.startsWith('server/src/people/'),
    why: 'how people prove who they are stays replaceable: people/ alone imports it',
  },
  {
    from: /^server\//,
    about: isPackage('@peculiar/asn1-schema', '@peculiar/asn1-x509'),
    may: (edge) => edge.from === 'server/src/tls/certificates.ts',
    why: 'certificates are made in one place, which is loaded only when one is due',
  },
  {
    from: /^server\//,
    about: isPackage('hyparquet-writer', 'hyparquet'),
    may: (edge) => edge.from.startsWith('server/src/history/'),
    why: 'tables are written as Parquet in one place, which is loaded only when somebody asks for one',
  },
  {
    from: /^server\//,
    about: (edge) => edge.kind === 'package' && packageName(edge.target).startsWith('@eaves/'),
    may: isPackage('@eaves/model', '@eaves/policy', '@eaves/driver-kit'),
    why: 'the server finds drivers as folders and serves the app as files; it imports neither',
  },
  {
    from: /^web\//,
    about: (edge) => edge.kind === 'builtin' || packageName(edge.target).startsWith('@eaves/'),
    may: isPackage('@eaves/model', '@eaves/policy'),
    why: 'the app sees the words and the promise; the server it knows by its API alone',
  },
  {
    from: /^web\//,
    about: (edge) => edge.target === '@eaves/model/api',
    may: (edge) => edge.typeOnly,
    why: 'API schemas come as types only: full zod must not reach the browser',
  },
  {
    from: /^web\//,
    about: (edge) => edge.target === 'zod' || edge.target === 'zod/v4',
    may: (edge) => edge.typeOnly,
    why: 'full zod must not reach the browser; zod/mini may',
  },
]

export const wordRules: readonly WordRule[] = [
  {
    from: /./,
    word: /['"`]zigbee-(?:herdsman|on-host)/,
    why: 'the Zigbee definitions measure the map in tests and the coverage report; what ships maps by what a device announces',
  },
  {
    from: /^(?!server\/src\/config\.ts$)/,
    word: /\bprocess\.env\b/,
    why: 'server/src/config.ts is the only reader of the environment: one list of options',
  },
  {
    from: /^(model|policy)\//,
    word: /\b(process|Buffer|localStorage)\b(?=[.[])|\bwindow\./,
    why: 'the words and the promise know neither Node nor a browser',
  },
  {
    // Drivers are found as folders; what each opens is judged in its own files.
    from: /^(?!server\/src\/drivers\/find\.ts$)/,
    word: /\bgetBuiltinModule\b|\bcreateRequire\b|\bprocess\.(?:binding|dlopen)\b|\brequire\s*\(|\bimport\s*\((?!\s*['"][^'"]+['"]\s*\))/,
    why: 'what a file opens stands in its imports by name, so that the list of doors sees all of it; a module that is named at run time could be any',
  },
  {
    from: /^server\/src\/(?!store\/(migrations\/|dump\.ts$))/,
    word: /\bCREATE\s+(?:(?:TEMP|TEMPORARY|VIRTUAL|UNLOGGED|MATERIALIZED|OR\s+REPLACE)\s+)*(?:TABLE|VIEW|TRIGGER)\b|\.create(?:Table|View)\(/i,
    why: 'tables are made by migrations alone, where the data map is compared with what they make: one made elsewhere would be seen by no erasure, copy or retention',
  },
  {
    from: /^web\//,
    word: /\bsendBeacon\b|\bnew\s+(?:EventSource|XMLHttpRequest|WebTransport|RTCPeerConnection)\b/,
    why: 'the app speaks to its own origin by web/src/data alone, by fetch and WebSocket',
  },
  {
    from: /^(?!server\/src\/privacy\/cipher\.ts$)/,
    word: /\bcreateDecipheriv\b/,
    why: 'sealed data is opened in one place, server/src/privacy/cipher.ts, where purpose and actor are known',
  },
]

/** What can make bytes leave the process or start another one. Everything here is closed but for the exceptions. */
export const doors: readonly string[] = [
  ...[
    'net',
    'tls',
    'http',
    'https',
    'http2',
    'dgram',
    'dns',
    'dns/promises',
    'child_process',
    'worker_threads',
    'cluster',
    'inspector',
    'inspector/promises',
    'quic',
    'repl',
    'vm',
    'wasi',
  ].map((name) => `node:${name}`),
  'undici',
  'ws',
  'pg',
  'mqtt',
  'aedes',
  'nodemailer',
  'web-push',
  'multicast-dns',
  '@hono/node-server',
  'hono/client',
  'hono/proxy',
  'fetch',
  'WebSocket',
]

/** The closed list of who may open one of the doors, each with its reason. What a driver may open stands in its own ledger, drivers/<name>/quality.json. */
export const exceptions: readonly Exception[] = [
  {
    from: /^server\/src\/privacy\/egress/,
    opens: ['node:http', 'node:https', 'node:net', 'node:dns/promises', 'nodemailer', 'web-push'],
    why: 'egress is the only way out: HTTP(S), mail submission, and the encryption of notices',
  },
  {
    from: /^server\/src\/http\//,
    opens: ['node:http', 'node:https', 'node:net', 'ws', '@hono/node-server', 'WebSocket'],
    why: 'the listener for people and programs',
  },
  {
    from: /^server\/src\/tls\/tls\.ts$/,
    opens: ['multicast-dns'],
    why: 'phones find the hub by a name that it announces in the house, and only once it listens beyond this machine; the packets hold that name and its addresses and leave no local network',
  },
  {
    from: /^server\/src\/store\//,
    opens: ['pg', 'node:worker_threads'],
    why: "the operator's own database, and a thread for long reads",
  },
  { from: /^server\/src\/bus\//, opens: ['node:net', 'node:tls'], why: "the operator's own event bus" },
  {
    from: /^server\/src\/drivers\//,
    opens: ['node:child_process', 'node:net'],
    why: 'the driver host starts and supervises the driver process; the pipe between the two is a socket',
  },
  {
    from: /^server\/src\/demo\//,
    opens: ['node:child_process'],
    why: 'the demonstration starts its simulated house as a program of its own: it is the outside world',
  },
  {
    from: /^demo\//,
    opens: ['mqtt'],
    why: 'the simulated devices speak MQTT to the embedded broker on loopback, as real ones do',
  },
  {
    from: /^server\/src\/control\.ts$/,
    opens: ['node:net'],
    why: 'a local socket in the data folder through which the command line reaches a running server',
  },
  {
    from: /^server\/src\/broker-port\.ts$/,
    opens: ['node:net'],
    why: 'asks the system whether a port is free before the embedded broker is told to take it',
  },
  {
    from: /^web\/src\/data\//,
    opens: ['fetch', 'WebSocket'],
    why: 'the one folder of the app that touches the network, and only its own origin',
  },
  {
    from: /^web\/src\/worker\/worker\.ts$/,
    opens: ['fetch'],
    why: 'the worker stands between the app and its own origin: it passes on what it does not have at hand, to nobody else',
  },
]
