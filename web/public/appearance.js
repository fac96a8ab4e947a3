// Sets theme and language before the first paint, so that nothing flashes; a file of its own because inline scripts are refused.
;(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const page = document.documentElement
  const theme = read('eaves.theme')
  if (theme === 'light' || theme === 'dark') page.dataset.theme = theme
  const locale = read('eaves.locale')
  if (locale === 'zh-Hans' || locale === 'en') page.lang = locale
  else if (navigator.languages.some((tag) => /^(zh|en)/.test(tag)))
    page.lang = navigator.languages.find((tag) => /^(zh|en)/.test(tag)).startsWith('zh') ? 'zh-Hans' : 'en'
})()
