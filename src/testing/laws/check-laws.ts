/** Every law at once: each says nothing of inputs that it is not about. */
import type { Inputs } from '../../library/given-inputs.js';
import type { Calculate } from './calculation.js';
import { refund, splitPayment } from './cash.js';
import { collectedCash } from './collected-cash.js';
import { conservation, payAccount } from './conservation.js';
import { asOfPrefix, history } from './history.js';
import { itemSplit } from './item-split.js';
import { levelOrder, paidUp } from './levels.js';
import { order, renaming } from './names.js';
import { neutral } from './neutral.js';
import { scale } from './scale.js';
import { teamOfOne } from './team-of-one.js';

/**
 * Every law but `planChange`, which needs a change of plan. Each says nothing of inputs that it is not about.
 *
 * @param pick - which payment, invoice, day and names laws are about; draw it with `fc.nat()`
 * @throws LawBroken where one does not hold, Refused where the inputs have faults
 * @example fc.assert(fc.property(histories({ terms }), fc.nat(), (inputs, pick) => checkLaws(calculate, inputs, pick)));
 */
export function checkLaws(calculate: Calculate, inputs: Inputs, pick = 0): void {
  checkEach(remembering(calculate, inputs), inputs, pick);
}

/** The calculation, with the result of these inputs at hand: nearly every law starts from it. */
function remembering(calculate: Calculate, inputs: Inputs): Calculate {
  const outcome = calculate(inputs);
  return (given) => (given === inputs ? outcome : calculate(given));
}

function checkEach(calculate: Calculate, inputs: Inputs, pick: number): void {
  conservation(calculate, inputs);
  payAccount(calculate, inputs);
  history(calculate, inputs, pick);
  asOfPrefix(calculate, inputs, pick);
  refund(calculate, inputs, pick);
  splitPayment(calculate, inputs, pick);
  order(calculate, inputs, pick);
  renaming(calculate, inputs, pick);
  scale(calculate, inputs);
  paidUp(calculate, inputs);
  levelOrder(calculate, inputs);
  neutral(calculate, inputs, pick);
  teamOfOne(calculate, inputs, pick);
  collectedCash(calculate, inputs);
  itemSplit(calculate, inputs, pick);
}
