import { listFilters, listFunctions, listMethods } from './list-filters.ts'
import { clocks, momentMethods, numberFilters } from './number-filters.ts'
import type { Call } from './scope.ts'
import { textFilters, textMethods } from './text-filters.ts'

/** The closed list of filters; a name that is not here is outside the subset. */
export const filters: ReadonlyMap<string, Call> = new Map(
  Object.entries({ ...textFilters, ...numberFilters, ...listFilters }),
)

/** Functions by name; mostly the same closed list seen from the other side. */
export const functions: ReadonlyMap<string, Call> = new Map([
  ...[
    'int',
    'float',
    'round',
    'bool',
    'min',
    'max',
    'abs',
    'iif',
    'is_number',
    'as_timestamp',
    'as_datetime',
    'log',
    'sqrt',
  ].map((name): [string, Call] => [name, filters.get(name)!]),
  ...Object.entries(listFunctions),
  ...Object.entries(clocks),
])

/** Methods of texts, lists, dictionaries and instants, as templates call them. */
export const methods: ReadonlyMap<string, Call> = new Map(
  Object.entries({ ...textMethods, ...listMethods, ...momentMethods }),
)

/** Names of what may be said by name; the place in this list is the place among the arguments. */
export const parameters: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    default: ['default_value', 'boolean'],
    d: ['default_value', 'boolean'],
    int: ['default', 'base'],
    float: ['default'],
    round: ['precision', 'method', 'default'],
    bool: ['default'],
    replace: ['old', 'new', 'count'],
    truncate: ['length', 'killwords', 'end', 'leeway'],
    regex_match: ['find', 'ignorecase'],
    regex_search: ['find', 'ignorecase'],
    regex_replace: ['find', 'replace', 'ignorecase'],
    regex_findall: ['find', 'ignorecase'],
    regex_findall_index: ['find', 'index', 'ignorecase'],
    timestamp_custom: ['format_string', 'local', 'default'],
    as_timestamp: ['default'],
    as_datetime: ['default'],
    from_json: ['default'],
    join: ['d'],
    map: ['attribute', 'default'],
    sort: ['reverse', 'case_sensitive', 'attribute'],
    split: ['sep', 'maxsplit'],
    rsplit: ['sep', 'maxsplit'],
    iif: ['if_true', 'if_false'],
  }),
)
