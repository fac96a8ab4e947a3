/** Hands a text to the browser as a file to keep; it goes nowhere else. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  saveFrom(name, url)
  URL.revokeObjectURL(url)
}
/** Lets the browser fetch what stands at an address of this server, and keep it as a file. */
export function saveFrom(name: string, url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
