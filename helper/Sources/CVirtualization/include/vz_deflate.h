#ifndef VZ_DEFLATE_H
#define VZ_DEFLATE_H

#include <stddef.h>

/// The most bytes that `size` bytes can become when `vz_deflate` compresses them.
size_t vz_deflate_bound(size_t size);

/// Compresses into one zlib stream. zlib is loaded at the first call.
///
/// Returns the bytes written, or -1 with the reason.
long vz_deflate(const void *input, size_t input_size, void *output, size_t output_size, const char **reason);

#endif
