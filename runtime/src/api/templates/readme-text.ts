/** A README without its title, and with links to other files as their words: they lead nowhere in a browser. */
export function readmeBody(readme: string): string {
  return readme
    .replace(/^\s*# .*\n/, '')
    .replace(/\[([^\]]*)\]\((?!https?:)[^)]*\)/g, '$1')
    .trim();
}

/** The first sentence of a README's body, as plain text in one line; a stop inside code ends none. */
export function firstSentence(body: string): string {
  const [paragraph = ''] = body.split(/\n\s*\n/);
  const line = paragraph.replace(/\s+/g, ' ');
  const [sentence = line] = /^(?:`[^`]*`|[^`])*?[.!?](?=\s|$)/.exec(line) ?? [];
  return sentence
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim();
}
