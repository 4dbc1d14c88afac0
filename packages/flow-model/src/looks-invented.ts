/** Names that nobody can own (RFC 2606, RFC 6761), with all below them. */
const RESERVED_NAME =
  /(?:^|[@./])(?:[\w-]+\.)*(?:example\.(?:com|net|org)|example|test|invalid|localhost)(?=$|[/:?#\s>,;])/i;
/** Words by which a value says of itself that it is none. */
const SAYS_SO =
  /(?:^|[^\p{L}])(?:anonym\p{L}*|demo|doe|dummy|example|fake|fictional|fictitious|invented|lorem|masked|muster\p{L}*|placeholder|redacted|sample|test(?:er|s)?|xxx+)(?:$|[^\p{L}])/iu;
/** Numbers kept free for films and books: 555-01xx (North America), 020 7946 0xxx and 07700 900xxx (Ofcom), 030 23125 xxx (Bundesnetzagentur). */
const FREE_NUMBER =
  /555[\s.-]*01\d\d$|(?:20[\s.-]*7946[\s.-]*0|7700[\s.-]*900)[\s.-]*\d{3}$|30[\s.-]*23125[\s.-]*\d{1,3}$/;
/** Shorter values tell nobody apart. */
const TELLING_LENGTH = 4;

/**
 * Whether a text or number can be seen to be invented, or tells too little to matter: reserved domains, telephone numbers that nobody has, words
 * such as "example", signs or one digit over and over, digits in a row. Anything else may be real.
 */
export function looksInvented(value: string | number): boolean {
  const text = String(value).trim();
  if (text.length < TELLING_LENGTH || !/[\p{L}\p{N}]/u.test(text)) return true;
  // Of an address its domain says whose it is, not its words.
  if (/@|:\/\//.test(text)) return RESERVED_NAME.test(text);
  return SAYS_SO.test(text) || FREE_NUMBER.test(text) || isOneDigitOrARow(text);
}

function isOneDigitOrARow(text: string): boolean {
  const signs = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (new Set(signs).size <= 1) return true;
  return /^\d{4,}$/.test(signs) && '012345678901234567890'.includes(signs);
}
