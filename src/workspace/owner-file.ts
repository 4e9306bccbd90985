/** The name of the file that says which workspace the closes beside it belong to. */
export const OWNER = 'closes.id';
