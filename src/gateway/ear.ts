/** Who hears the text of an answer as it comes. What was heard cannot be taken back. */
export class Ear {
  readonly #onText: (text: string) => void;
  #heard = false;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  get heard(): boolean {
    return this.#heard;
  }

  hear(text: string): void {
    this.#heard = true;
    this.#onText(text);
  }
}
