#ifndef VZ_DECOMPRESS_H
#define VZ_DECOMPRESS_H

#include <stddef.h>

/// Decompresses the payload of a Linux boot image (gzip, xz, lz4 or zstd, told apart by its first bytes) into `output`.
/// The libraries are loaded when needed: every Debian system has them, and a missing one is an ordinary error.
/// Returns the number of bytes written, or -1 with `*reason` naming the obstacle (a constant string).
long vz_decompress(const void *input, size_t input_size, void *output, size_t output_size, const char **reason);

#endif
