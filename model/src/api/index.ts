export * from './common.ts'
export * from './gate.ts'
export * from './homes.ts'
export * from './people.ts'
