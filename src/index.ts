/** The public door of the library. */
export { calculate, type Inputs, type Refusal, type Result } from './engine/calculate.js';
