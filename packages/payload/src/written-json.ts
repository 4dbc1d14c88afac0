/**
 * A payload that is JSON text by now and rests as it came: `JSON.parse` gives what reading it losslessly gave, and nothing in it is to be
 * sealed. Whoever stores it writes neither the value nor the text anew.
 */
export class WrittenJson {
  /** UTF-8 where these are bytes. */
  readonly text: string | Uint8Array;

  constructor(text: string | Uint8Array) {
    this.text = text;
  }
}
