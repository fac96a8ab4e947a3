/** How many lamps a vacation plays with, and how often it switches in one evening at most. */
export const mostVacationLamps = 40
export const mostVacationSwitches = 120
