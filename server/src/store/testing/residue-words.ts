// What must not be found in the files.
export const canary = (word: string) => `canary-${word}-7f3a`
export const email = `${canary('ada')}@example.org`
export const phone = '+4915112345678'
export const address = '203.0.113.0'
export const system = { kind: 'system', part: 'start' } as const
