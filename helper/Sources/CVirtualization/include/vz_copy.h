#ifndef VZ_COPY_H
#define VZ_COPY_H

#include <stddef.h>
#include <sys/types.h>

/// Lets `target`, an empty file, share all blocks of `source`; 0, or -1 with errno where the file system cannot.
int vz_share_blocks(int source, int target);

/// Where the next data begins, from `offset` on; -1 with ENXIO after the last.
off_t vz_next_data(int descriptor, off_t offset);

/// Where the next hole begins, from `offset` on; the end of the file counts as one.
off_t vz_next_hole(int descriptor, off_t offset);

/// Makes a hole of `length` bytes without changing the file's size; -1 with errno where the file system cannot.
int vz_punch_hole(int descriptor, off_t offset, off_t length);

/// Copies bytes to the same place of another file inside the kernel: how many, 0 at the end of the source, or -1 with errno.
ssize_t vz_copy_range(int source, int target, off_t offset, size_t length);

#endif
