/** Why the file system rejected a file or folder, in words. */

const REASONS: Readonly<Record<string, string>> = {
  EAGAIN: 'nothing can be read from it now',
  EACCES: 'you do not have permission',
  EBUSY: 'another program has it open',
  EDQUOT: 'your share of the disk is full',
  EEXIST: 'there is a file with that name',
  EFBIG: 'the file would be too large for the disk',
  EIO: 'the disk has an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its links form a loop',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENFILE: 'too many files are open on this computer',
  ENXIO: 'there is nothing behind this name',
  ENOENT: 'a folder in the path does not exist',
  ENOMEM: 'there is not enough memory',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of the path is a file',
  EPERM: 'you do not have permission',
  EPIPE: 'its reader has closed it',
  EROFS: 'the disk is read-only',
};

/** Whether an error comes from the system (its files, pipes and memory), and not from the program. */
export function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  const { code, syscall } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return typeof syscall === 'string' && typeof code === 'string' && /^E[A-Z0-9]+$/.test(code);
}

/** Whether the system could not do it, whatever there is: a disk with an error, no permission, too few file handles. */
export function isRefusal(error: unknown): boolean {
  return REFUSALS.has((error as NodeJS.ErrnoException).code ?? '');
}

const REFUSALS: ReadonlySet<string> = new Set([
  ...['EACCES', 'EAGAIN', 'EBUSY', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'EPERM'],
]);

/**
 * The reason that an error of the file system gives.
 *
 * @throws the error itself if it is not from the file system
 */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}
