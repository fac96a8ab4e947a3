/**
 * The version that people are asked to agree to. Whatever stands after it in `published.ts` is a draft: its texts are
 * shown to nobody, and its promises are written anew from the program by `npm run generate`. Publishing a draft is naming
 * it here; from then on its promises are frozen, and a program that does more is refused by the check. // fm.date pp.7.1
 */
export const currentVersion: string = '2.2'
