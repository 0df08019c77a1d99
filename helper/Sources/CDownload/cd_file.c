#define _GNU_SOURCE 1

#include "cd_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#ifdef __linux__
int cd_flush(int descriptor) { return fdatasync(descriptor) == 0 ? 0 : errno; }
#else
int cd_flush(int descriptor) {
  return fcntl(descriptor, F_BARRIERFSYNC) == 0 || fsync(descriptor) == 0 ? 0 : errno;
}
#endif
