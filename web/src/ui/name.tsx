import { cx } from './cx.ts'

/** What somebody calls something: it keeps its own direction to itself stands where the words around it stand, and never grows beyond its lines. */
export function Name({ of, lines = 1 }: { readonly of: string; readonly lines?: 1 | 2 }) {
  return (
    <bdi
      title={of}
      className={cx('w-fit max-w-full', lines === 1 ? 'block truncate' : 'line-clamp-2 wrap-anywhere')}
    >
      {of}
    </bdi>
  )
}
