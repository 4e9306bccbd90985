/** Why the file system refused, in words. */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'it is not open to you',
  EBUSY: 'another program has it open',
  EEXIST: 'there is a file of that name',
  EIO: 'the disk fails',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'a folder of the path is not there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  EPERM: 'it is not open to you',
  EROFS: 'the disk is read-only',
};

/**
 * The reason that an error of the file system gives.
 *
 * @throws the error itself where it is none of the file system's
 */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}
