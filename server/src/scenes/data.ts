import {
  contract,
  type Bases,
  type ContentField,
  type HomeId,
  type Retention,
  type SceneIcon,
  type SceneId,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { SceneSetting } from '@eaves/model/api'

/** What a scene is, apart from its name. */
export interface SceneContent {
  readonly icon: SceneIcon
  readonly room: string | null
  readonly transitionSeconds: number | null
  readonly settings: readonly SceneSetting[]
}
export interface SceneTable {
  home_id: HomeId
  id: SceneId
  position: number
  /** Counts its saves, so that of two editors the later one is told. */
  version: number
  name: Sealed<string>
  content: Sealed<SceneContent>
}
/** How a scene read after a save. */
export interface SceneReading extends SceneContent {
  readonly name: string
}
export interface SceneVersionTable {
  home_id: HomeId
  id: string
  scene_id: SceneId
  version: number
  content: Sealed<SceneReading>
  /** Who saved it; null once they are gone, and of what stood there before versions were kept. */
  author: SubjectId | null
  saved_at: number
}

const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const aYear: Retention = { after: 'row.created', keep: 'P1Y', then: 'delete' }
const category = 'device.settings'
const linked = { class: 'linked', category, clauses: ['pp.2.2.1', 'pp.2.3.1'] } as const
const written: ContentField = {
  class: 'content',
  category,
  seal: 'home',
  purposes: { 'service.core': core },
  mandatory: { required: false, ifRefused: 'the home has no scenes' },
  retention: homeLife,
  recipients: [],
  export: ['access', 'portability'],
  clauses: ['pp.2.2.1', 'pp.2.3.1'],
}

const leaves = {
  icon: { category },
  room: { category },
  transitionSeconds: { category },
  'settings.*.device': { category },
  'settings.*.part': { category },
  'settings.*.capability': { category },
  'settings.*.values.**': { category, note: 'values as the capability defines them' },
  'settings.*.transitionSeconds': { category },
} as const

/** Scenes are optional: a home without any works. // pp.2.2.1 */
export const scene: TableMap<SceneTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  // Whoever is narrowed gets none of the rows: in one may stand a device that they do not see.
  seen: { by: 'scene.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    position: linked,
    version: linked,
    name: written,
    content: { ...written, leaves },
  },
}

/** Of whoever saved it, as long as they are there; the others of the home read it where scenes are edited. */
export const sceneVersion: TableMap<SceneVersionTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention: aYear,
  clock: { at: 'row', column: 'saved_at' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    scene_id: { class: 'reference', to: 'row' },
    version: linked,
    content: { ...written, retention: aYear, leaves: { name: { category }, ...leaves } },
    author: { class: 'reference', to: 'subject', erased: 'cleared' },
    saved_at: linked,
  },
}
