import type { HomeId, SubjectId } from '@eaves/model'
import type { HomeAbout, HomeAboutEdit } from '@eaves/model/api'
import type { Log } from '../log.ts'
import type { Erasure } from '../store/stores.ts'
import { loadAbout, saveAbout } from './about-store.ts'
import type { FactsDb } from './access.ts'

export interface AboutDeps {
  readonly facts: FactsDb
  readonly erase: Erasure
  readonly log: Log
}

/** What people noted about their home: read when the page is opened, kept in no memory in between. // pp.4.1 */
export class AboutHome {
  readonly #deps: AboutDeps

  constructor(deps: AboutDeps) {
    this.#deps = deps
  }

  async read(home: HomeId, subject: SubjectId): Promise<HomeAbout> {
    const { floorArea, familyStatus, address } = await loadAbout(this.#deps.facts, home, subject)
    return { floorAreaM2: floorArea === null ? null : Number(floorArea), familyStatus, address }
  }

  /** What stood there before leaves the files too: the home's key lives on, so its bytes must not. // pp.ret.2 */
  async edit(home: HomeId, subject: SubjectId, edit: HomeAboutEdit): Promise<HomeAbout> {
    const { facts, erase, log } = this.#deps
    const { floorAreaM2, familyStatus, address } = edit
    const isGone = await saveAbout(facts, home, subject, {
      ...(floorAreaM2 === undefined ? {} : { floorArea: floorAreaM2 === null ? null : String(floorAreaM2) }),
      ...(familyStatus === undefined ? {} : { familyStatus }),
      ...(address === undefined ? {} : { address }),
    })
    if (isGone && !(await erase.checkpoint())) log.warn('home.erasure-waits-for-a-reader', { home })
    log.info('home.about-changed', { home })
    return this.read(home, subject)
  }
}
