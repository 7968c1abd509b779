/** Who hears the text of an answer as it comes. What was heard cannot be taken back. */
import type { InferOptions, Speaker } from './inference.ts';

type OnText = NonNullable<InferOptions['onText']>;

export class Ear {
  readonly #onText: OnText;
  readonly #speaker: () => Speaker;
  #heard = false;

  constructor(onText: OnText, speaker: () => Speaker) {
    this.#onText = onText;
    this.#speaker = speaker;
  }

  get heard(): boolean {
    return this.#heard;
  }

  /** Resolves when more can be heard. */
  async hear(text: string): Promise<void> {
    this.#heard = true;
    await this.#onText(text, this.#speaker());
  }
}
