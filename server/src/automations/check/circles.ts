/** The groups of nodes that reach one another, of a graph given as lists of successors; without any that stands alone and does not reach itself. */
export function circles(next: readonly (readonly number[])[]): number[][] {
  const found: number[][] = []
  const seen = new Int32Array(next.length).fill(-1)
  const low = new Int32Array(next.length)
  const isOpen = new Uint8Array(next.length)
  const open: number[] = []
  let count = 0
  const enter = (node: number): void => {
    seen[node] = low[node] = count++
    isOpen[node] = 1
    open.push(node)
  }
  const close = (node: number): void => {
    if (low[node] !== seen[node]) return
    const circle: number[] = []
    for (let top = -1; top !== node;) {
      top = open.pop()!
      isOpen[top] = 0
      circle.push(top)
    }
    if (circle.length > 1 || next[node]!.includes(node)) found.push(circle)
  }
  for (let root = 0; root < next.length; root++) {
    if (seen[root] !== -1) continue
    // Its own stack: a chain of ten thousand automations is no deeper call than a chain of two.
    const path: { readonly node: number; at: number }[] = [{ node: root, at: 0 }]
    enter(root)
    while (path.length > 0) {
      const top = path.at(-1)!
      const to = next[top.node]![top.at++]
      if (to === undefined) {
        path.pop()
        close(top.node)
        const below = path.at(-1)?.node
        if (below !== undefined) low[below] = Math.min(low[below]!, low[top.node]!)
      } else if (seen[to] === -1) {
        enter(to)
        path.push({ node: to, at: 0 })
      } else if (isOpen[to] === 1) low[top.node] = Math.min(low[top.node]!, seen[to]!)
    }
  }
  return found
}
