#include "vz_deflate.h"

#include <dlfcn.h>

size_t vz_deflate_bound(size_t size) {
  // What zlib itself promises for any settings, rounded up.
  return size + size / 8 + 1024;
}

long vz_deflate(const void *input, size_t input_size, void *output, size_t output_size, const char **reason) {
  typedef int compress(void *, unsigned long *, const void *, unsigned long, int);
  // Kept open for the life of the process: the next picture will need it again.
  void *handle = dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL);
  compress *run = handle == NULL ? NULL : (compress *)dlsym(handle, "compress2");
  if (run == NULL) {
    *reason = "zlib (libz.so.1) is not installed";
    return -1;
  }
  unsigned long size = output_size;
  enum { LEVEL = 6 };
  if (run(output, &size, input, input_size, LEVEL) == 0) return (long)size;
  *reason = "zlib failed";
  return -1;
}
