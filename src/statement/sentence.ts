/** Sentences of a statement: our words and texts from the ledgers, which stay separate until they are written. */
import { type Html, html, isolated } from '../pages/html.js';

/** A text from the ledgers: an id, a name. */
export interface Named {
  readonly named: string;
}

/** One or several sentences. */
export type Sentence = readonly (string | Named)[];

/** Marks a text from the ledgers. */
export function named(text: string): Named {
  return { named: text };
}

/** A sentence of words, amounts and names. */
export function say(
  words: TemplateStringsArray,
  ...pieces: readonly (string | Named | Sentence)[]
): Sentence {
  return words.flatMap((word, index) => {
    const piece = pieces[index];
    if (piece === undefined) return [word];
    return isSentence(piece) ? [word, ...piece] : [word, piece];
  });
}

/** Several sentences, one after another. */
export function together(sentences: readonly Sentence[]): Sentence {
  return sentences.flatMap((sentence, index) => (index === 0 ? sentence : [' ', ...sentence]));
}

/** As markup: each text from the ledgers isolated. */
export function sentenceHtml(sentence: Sentence): Html {
  return html`${sentence.map((piece) => (typeof piece === 'string' ? piece : isolated(piece.named)))}`;
}

/** As plain text. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((piece) => (typeof piece === 'string' ? piece : piece.named)).join('');
}

function isSentence(piece: string | Named | Sentence): piece is Sentence {
  return Array.isArray(piece);
}
