/** What the operators do that are not obvious, by operator or kind of node. */
export const OPERATOR_DOCS: Readonly<Record<string, string>> = {
  wildcard: '`*`: the values of all fields.',
  descendant: '`**`: all values inside, at any depth.',
  parent: '`%`: the object that the current one was reached from.',
  '&': '`&`: both sides as strings, joined. What is missing is an empty string.',
  '~>': '`~>`: the left side becomes the first argument of the function on the right.',
  '??': '`??`: the right side where the left one gives nothing.',
  '?:': '`?:`: the right side where the left one is empty, zero, false or nothing.',
  '..': '`..`: all whole numbers from the one to the other.',
  in: '`in`: true when the left value is among those on the right.',
};
