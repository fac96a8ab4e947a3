/** So many places a home knows by name, such as work or school. */
export const mostNamedPlaces = 10
