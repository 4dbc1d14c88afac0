/**
 * The texts of every area by the names that index.ts gives them, for translating them all. Found by folder and not by index.ts: whoever imports
 * one area from there would else load all of them.
 */
const areas = import.meta.glob<object>(
  ['./*.ts', '!./{all,index,language,load-language,plural,translation}.ts', '!./*.test.ts'],
  {
    eager: true,
  },
);

export const texts: object = Object.assign({}, ...Object.values(areas));
