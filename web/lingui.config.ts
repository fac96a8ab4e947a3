import type { LinguiConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-po'

const never = ['**/*.test.ts', '**/*.d.ts']
const later = [
  'about',
  'add-device',
  'child',
  'claim',
  'contact',
  'create-home',
  'device',
  'documents',
  'energy',
  'gate',
  'group',
  'history',
  'join',
  'maintenance',
  'me',
  'members',
  'operator',
  'panels',
  'privacy',
  'replace',
  'room',
  'rooms',
  'scenes',
  'search',
  'step-up',
  'undo',
  'versions',
  'waiting',
  'wall',
  'welcome',
].map((screen) => `<rootDir>/src/screens/${screen}`)
later.push('<rootDir>/src/words/later', '<rootDir>/src/shell/policy-notice.tsx')

const config: LinguiConfig = {
  rootDir: import.meta.dirname,
  sourceLocale: 'en',
  locales: ['en', 'zh-Hans'],
  // Two files a language: what the first page needs, and the words of every screen that loads later.
  catalogs: [
    {
      path: '<rootDir>/src/locales/{locale}/first',
      include: ['<rootDir>/src'],
      exclude: [...later, ...never],
    },
    { path: '<rootDir>/src/locales/{locale}/later', include: later, exclude: never },
  ],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
}
export default config
