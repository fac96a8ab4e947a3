import type { LinguiConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-po'

const never = ['**/*.test.ts', '**/*.d.ts']
const later = [
  'about',
  'activity',
  'add-device',
  'alarm',
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
  'inbox',
  'join',
  'maintenance',
  'me',
  'members',
  'modes',
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
  'vacation',
  'versions',
  'waiting',
  'wall',
  'welcome',
].map((screen) => `<rootDir>/src/screens/${screen}`)
later.push('<rootDir>/src/words/later', '<rootDir>/src/shell/policy-notice.tsx')
/** A file of its own: much is said there, and little of it anywhere else. */
const automations = ['<rootDir>/src/screens/automations']

const config: LinguiConfig = {
  rootDir: import.meta.dirname,
  sourceLocale: 'en',
  locales: ['en', 'zh-Hans'],
  // Three files a language: what the first page needs, the words of every screen that loads later, and those of automations.
  catalogs: [
    {
      path: '<rootDir>/src/locales/{locale}/first',
      include: ['<rootDir>/src'],
      exclude: [...later, ...automations, ...never],
    },
    { path: '<rootDir>/src/locales/{locale}/later', include: later, exclude: never },
    { path: '<rootDir>/src/locales/{locale}/automations', include: automations, exclude: never },
  ],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
}
export default config
