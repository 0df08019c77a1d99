#ifndef VZ_ZLIB_H
#define VZ_ZLIB_H

#include <stddef.h>

/// Inflates one whole stream with zlib, which is loaded at the first call. Sizes are below 4 GiB.
///
/// `window` is zlib's windowBits: 31 for gzip, -15 for raw deflate. Returns the bytes written, or -1 with the reason.
long vz_zlib_inflate(int window, const void *input, size_t input_size, void *output, size_t output_size,
                     const char **reason);

#endif
