/** The name of the file that says which workspace the closes beside it belong to. */
export const OWNER = 'closes.id';

/** How the file begins while the first close of a workspace is made, before its number. */
export const ANNOUNCED = 'first close: ';
