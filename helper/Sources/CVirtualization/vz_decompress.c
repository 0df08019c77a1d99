#include "vz_decompress.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "vz_zlib.h"

static void *symbol(const char *library, const char *name, const char **reason) {
  // Kept open for the life of the process: the next kernel will need it again.
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  void *found = handle == NULL ? NULL : dlsym(handle, name);
  if (found == NULL) *reason = "the library for its compression is not installed";
  return found;
}

static long zstd(const void *input, size_t input_size, void *output, size_t output_size, const char **reason) {
  typedef size_t decompress(void *, size_t, const void *, size_t);
  typedef unsigned is_error(size_t);
  decompress *run = (decompress *)symbol("libzstd.so.1", "ZSTD_decompress", reason);
  is_error *failed = (is_error *)symbol("libzstd.so.1", "ZSTD_isError", reason);
  if (run == NULL || failed == NULL) return -1;
  size_t size = run(output, output_size, input, input_size);
  if (!failed(size)) return (long)size;
  *reason = "its zstd payload is damaged";
  return -1;
}

static uint32_t little_endian(const unsigned char *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/// The "legacy" frame of the lz4 tool: a magic number, then blocks, each led by its size.
static long lz4(const unsigned char *input, size_t input_size, char *output, size_t output_size,
                const char **reason) {
  typedef int decompress(const char *, char *, int, int);
  decompress *run = (decompress *)symbol("liblz4.so.1", "LZ4_decompress_safe", reason);
  if (run == NULL) return -1;
  size_t read = 4, written = 0;
  while (read + 4 <= input_size) {
    uint32_t size = little_endian(input + read);
    read += 4;
    size_t room = output_size - written > INT_MAX ? INT_MAX : output_size - written;
    if (size > INT_MAX || size > input_size - read) break;
    int count = run((const char *)input + read, output + written, (int)size, (int)room);
    if (count < 0) break;
    read += size;
    written += (size_t)count;
    if (read == input_size) return (long)written;
  }
  *reason = "its lz4 payload is damaged";
  return -1;
}

static long xz(const unsigned char *input, size_t input_size, unsigned char *output, size_t output_size,
               const char **reason) {
  typedef int decode(uint64_t *, uint32_t, const void *, const uint8_t *, size_t *, size_t, uint8_t *, size_t *, size_t);
  decode *run = (decode *)symbol("liblzma.so.5", "lzma_stream_buffer_decode", reason);
  if (run == NULL) return -1;
  uint64_t memory = 256u << 20;
  size_t read = 0, written = 0;
  if (run(&memory, 0, NULL, input, &read, input_size, output, &written, output_size) == 0) return (long)written;
  *reason = "its xz payload is damaged";
  return -1;
}

/// The layout of `z_stream`, part of zlib's stable binary interface.
struct zlib_stream {
  const unsigned char *next_in;
  unsigned available_in;
  unsigned long total_in;
  unsigned char *next_out;
  unsigned available_out;
  unsigned long total_out;
  const char *message;
  void *state, *allocate, *release, *opaque;
  int data_type;
  unsigned long adler, reserved;
};

long vz_zlib_inflate(int window, const void *input, size_t input_size, void *output, size_t output_size,
                     const char **reason) {
  typedef int begin(struct zlib_stream *, int, const char *, int);
  typedef int step(struct zlib_stream *, int);
  typedef int end(struct zlib_stream *);
  begin *inflate_begin = (begin *)symbol("libz.so.1", "inflateInit2_", reason);
  step *inflate_step = (step *)symbol("libz.so.1", "inflate", reason);
  end *inflate_end = (end *)symbol("libz.so.1", "inflateEnd", reason);
  if (inflate_begin == NULL || inflate_step == NULL || inflate_end == NULL) return -1;
  struct zlib_stream stream;
  memset(&stream, 0, sizeof stream);
  stream.next_in = input;
  stream.available_in = (unsigned)input_size;
  stream.next_out = output;
  stream.available_out = (unsigned)output_size;
  enum { FINISH = 4, STREAM_END = 1 };
  if (inflate_begin(&stream, window, "1", (int)sizeof stream) == 0) {
    int result = inflate_step(&stream, FINISH);
    inflate_end(&stream);
    if (result == STREAM_END) return (long)stream.total_out;
  }
  *reason = "its compressed bytes are damaged";
  return -1;
}

long vz_decompress(const void *input, size_t input_size, void *output, size_t output_size, const char **reason) {
  const unsigned char *bytes = input;
  enum { GZIP_WINDOW = 16 + 15 };
  // The kernel's build appends the unpacked size, which is no part of the compressed stream (in gzip's case it is).
  if (input_size > 8 && input_size < UINT_MAX && output_size < UINT_MAX) {
    size_t size = input_size - 4;
    if (memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0) return zstd(bytes, size, output, output_size, reason);
    if (memcmp(bytes, "\x02\x21\x4c\x18", 4) == 0) return lz4(bytes, size, output, output_size, reason);
    if (memcmp(bytes, "\xfd" "7zXZ", 6) == 0) return xz(bytes, size, output, output_size, reason);
    if (memcmp(bytes, "\x1f\x8b", 2) == 0) return vz_zlib_inflate(GZIP_WINDOW, bytes, input_size, output, output_size, reason);
  }
  *reason = "its compression is of an unknown kind";
  return -1;
}
