#ifndef VZ_ARCHIVE_H
#define VZ_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

/// Inflates a raw deflate stream with zlib, which is loaded at the first call. Never writes more than `output_size` bytes.
/// Returns the number of bytes written, or -1 with the reason in plain words.
long vz_inflate(const void *input, size_t input_size, void *output, size_t output_size, const char **reason);

/// Goes on with a CRC-32 as zip archives have it; the first call starts from 0.
uint32_t vz_crc32(uint32_t crc, const void *bytes, size_t count);

/// Fetches an http, https or file URL with libcurl, which is loaded at the first call. At most `limit` bytes are taken and
/// `seconds` waited. Returns memory to be freed, or NULL with the reason in `reason` (at least 256 bytes).
void *vz_fetch(const char *url, size_t limit, long seconds, size_t *size, char *reason);

#endif
