/** What a law throws where a calculation breaks it: the law, whose line it is, and both figures. */
import { formatMinor } from '../../money.js';

/** By name, what a law asks for and what the calculation says, in whole minor units. */
export type Figures = Readonly<Record<string, { readonly expected: bigint; readonly found: bigint }>>;

/** What a law found. */
export interface Breach {
  /** Its rule and name, such as `R10.5 plan change`. */
  readonly law: string;
  /** What should be so, as a sentence. */
  readonly because: string;
  readonly rep?: string;
  readonly invoice?: string;
  /** The day or the period that it is about. */
  readonly when?: string;
  /** Empty where everything but the amounts differs. */
  readonly figures: Figures;
}

/** A law that does not hold for some inputs. */
export class LawBroken extends Error implements Breach {
  override readonly name = 'LawBroken';
  readonly law: string;
  readonly because: string;
  readonly rep?: string;
  readonly invoice?: string;
  readonly when?: string;
  readonly figures: Figures;

  /** @param digits - the decimals of the currency, for the message */
  constructor(breach: Breach, digits: number) {
    super(messageOf(breach, digits));
    this.law = breach.law;
    this.because = breach.because;
    this.figures = breach.figures;
    if (breach.rep !== undefined) this.rep = breach.rep;
    if (breach.invoice !== undefined) this.invoice = breach.invoice;
    if (breach.when !== undefined) this.when = breach.when;
  }
}

function messageOf({ law, because, rep, invoice, when, figures }: Breach, digits: number): string {
  const place = [rep && `rep ${rep}`, invoice && `invoice ${invoice}`, when].filter((part) => part);
  const lines = Object.entries(figures).map(
    ([name, { expected, found }]) =>
      `  ${name}: expected ${formatMinor(expected, digits)}, found ${formatMinor(found, digits)}`,
  );
  const head = place.length === 0 ? law : `${law} (${place.join(', ')})`;
  return [`${head}: ${because}`, ...lines].join('\n');
}
