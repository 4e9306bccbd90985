/** Why the file system rejected a file or folder, in words. */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you do not have permission',
  EBUSY: 'another program has it open',
  EEXIST: 'there is a file with that name',
  EIO: 'the disk has an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'a folder in the path does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of the path is a file',
  EPERM: 'you do not have permission',
  EROFS: 'the disk is read-only',
};

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
