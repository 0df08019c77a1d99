#ifndef CD_FILE_H
#define CD_FILE_H

#include <stdbool.h>
#include <stdint.h>

/// Makes the file `target`, which does not exist yet, sharing the contents of `source`, where the file system can
/// (Linux: FICLONE, macOS: clonefile). False, and no file, where it cannot.
bool cd_clone(const char *source, const char *target);

/// Copies the next bytes of a file, at most `count`, from `*offset` on, which is moved on. Holes stay holes.
/// Returns bytes gone over, 0 at the end of the file, -1 with errno.
int64_t cd_copy(int source, int target, int64_t *offset, int64_t count);

/// Puts the bytes of a file on the disk, before anything that is written later (Linux: fdatasync, macOS:
/// F_BARRIERFSYNC). 0, or errno.
int cd_flush(int descriptor);

#endif
