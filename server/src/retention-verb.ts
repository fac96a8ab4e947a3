import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RetentionReport, RetentionState } from '@eaves/model/api'
import { readConfig } from './config.ts'
import { askControl } from './control.ts'
import { openHouse, type House } from './house.ts'
import { createLog } from './log.ts'
import { options } from './options.ts'
import { shownReport, shownState } from './privacy/privacy.ts'
import { StartError } from './start-error.ts'

type Question = 'due' | 'runs'

/** `eaves retention`: asks the running server, or reads the data folder while none runs. Changes nothing. // pp.ret.1 */
export async function retention(args: readonly string[]): Promise<number> {
  const given = options(args, { 'dry-run': 'flag', json: 'flag' })
  const question: Question = given['dry-run'] === undefined ? 'runs' : 'due'
  const answer = await answerTo(question)
  process.stdout.write(`${given.json === undefined ? inWords(answer) : JSON.stringify(answer)}\n`)
  return 'failing' in answer && answer.failing ? 1 : 0
}

async function answerTo(question: Question): Promise<RetentionReport | RetentionState> {
  const config = readConfig()
  const asked = await askControl(config.dataDir, { retention: question })
  if (asked?.problem !== undefined) throw new StartError(asked.problem)
  if (asked?.made !== undefined) return asked.made as RetentionReport | RetentionState
  if (!existsSync(join(config.dataDir, 'store')))
    throw new StartError(`There is no server in ${config.dataDir}. Say where it is with EAVES_DATA.`)
  const house = await openHouse({
    config,
    log: createLog(config.log === 'info' ? 'warn' : config.log, (line) => process.stderr.write(`${line}\n`)),
    announceClaim: () => undefined,
  })
  try {
    return await askedOf(house, question)
  } finally {
    await house.stop()
  }
}

function askedOf({ retention: own }: Pick<House, 'retention'>, question: Question) {
  return question === 'due' ? shownReport(own) : shownState(own)
}

/** Answers the socket of the running server; undefined when it asks for something else. */
export async function answerRetention(
  house: Pick<House, 'retention'>,
  asked: unknown,
): Promise<{ readonly made: RetentionReport | RetentionState } | undefined> {
  if (typeof asked !== 'object' || asked === null || !('retention' in asked)) return undefined
  return { made: await askedOf(house, asked.retention === 'due' ? 'due' : 'runs') }
}

const because: Readonly<Record<RetentionReport['rules'][number]['held'][number]['because'], string>> = {
  'not-yet': 'not yet',
  'not-begun': 'its time has not begun',
  'owner-there': 'what it belongs to is there',
  chosen: 'chosen by its person',
  'counted-from': 'emptied, others count from it',
}

function inWords(answer: RetentionReport | RetentionState): string {
  const next = `Next pass: ${answer.nextRunAt ?? 'with the next start of the server'}`
  if ('rules' in answer)
    return [
      ...answer.rules.map(({ rule, act, after, keep, due, held }) => {
        const rest = held.map((each) => `${each.rows} held back (${because[each.because]})`)
        return `${rule}: ${act} ${keep} after ${after}: ${[`${due} due`, ...rest].join(', ')}`
      }),
      next,
    ].join('\n')
  return [
    ...answer.runs.map(
      ({ startedAt, outcome, removed, results }) =>
        `${startedAt} ${outcome}, ${removed} removed${results
          .filter(({ fault }) => fault !== undefined)
          .map(({ rule, remaining, fault }) => `; ${rule}: ${remaining} left (${fault})`)
          .join('')}`,
    ),
    ...answer.faults
      .filter(({ closed }) => closed)
      .map(({ rule, since }) => `Nothing new is kept in the place of ${rule} since ${since}.`),
    next,
  ].join('\n')
}
