/** The number of the last migration in the list, which is read only by a store that is older. */
export const newest = 66
