/** The URL of a module that kills its process before the nth change that it makes to the file system, counted from 0. */
export function killedBefore(nth: number): string;
