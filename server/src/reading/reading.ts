export { addressOf, NotFetched, refusedAddress, type Fetched } from './fetching.ts'
export { columnsOf, plainOf } from './rows.ts'
export { Sources, Unusable, type Reading, type SourceRow, type SourcesDeps } from './sources.ts'
