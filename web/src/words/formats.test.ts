// Catches dates of one country in the browser of another, and English ones within another language.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { i18n } from '@lingui/core'
import { formatLocale } from './formats.ts'

const kept = Object.getOwnPropertyDescriptor(globalThis, 'navigator')!
const speaks = (...languages: string[]): void =>
  void Object.defineProperty(globalThis, 'navigator', { value: { languages }, configurable: true })
afterEach(() => void Object.defineProperty(globalThis, 'navigator', kept))

test('English is that of the browser, wherever it stands among its languages', () => {
  i18n.load('en', {})
  i18n.activate('en')
  speaks('de-DE', 'en-GB', 'en-US')
  assert.equal(formatLocale(), 'en-GB')
  speaks('de-DE', 'enm')
  assert.equal(formatLocale(), 'en')
})

test('any other language is the app’s own', () => {
  i18n.load('zh-Hans', {})
  i18n.activate('zh-Hans')
  speaks('en-GB')
  assert.equal(formatLocale(), 'zh-Hans')
})
