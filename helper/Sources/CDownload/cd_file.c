#define _GNU_SOURCE 1

#include "cd_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/fs.h>
#include <sys/ioctl.h>

bool cd_clone(const char *source, const char *target) {
  int from = open(source, O_RDONLY | O_CLOEXEC);
  int to = from < 0 ? -1 : open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  bool done = to >= 0 && ioctl(to, FICLONE, from) == 0;
  if (to >= 0) close(to);
  if (from >= 0) close(from);
  if (to >= 0 && !done) unlink(target);
  return done;
}

static int64_t copy_in_kernel(int source, int target, int64_t offset, int64_t count) {
  loff_t from = offset, to = offset;
  return copy_file_range(source, &from, target, &to, (size_t)count, 0);
}

int cd_flush(int descriptor) { return fdatasync(descriptor) == 0 ? 0 : errno; }
#else
#include <sys/clonefile.h>

int cd_flush(int descriptor) {
  return fcntl(descriptor, F_BARRIERFSYNC) == 0 || fsync(descriptor) == 0 ? 0 : errno;
}

bool cd_clone(const char *source, const char *target) { return clonefile(source, target, 0) == 0; }

static int64_t copy_in_kernel(int source, int target, int64_t offset, int64_t count) {
  (void)source, (void)target, (void)offset, (void)count;
  errno = ENOSYS;
  return -1;
}
#endif

static int64_t copy_by_hand(int source, int target, int64_t offset, int64_t count) {
  enum { size = 1 << 20 };
  char *buffer = malloc(size);
  if (!buffer) return -1;
  int64_t done = 0;
  while (done < count) {
    size_t wanted = count - done < size ? (size_t)(count - done) : size;
    ssize_t got = pread(source, buffer, wanted, offset + done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      if (got < 0) done = -1;
      break;
    }
    for (ssize_t written = 0; written < got;) {
      ssize_t put = pwrite(target, buffer + written, (size_t)(got - written), offset + done + written);
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) {
        free(buffer);
        return -1;
      }
      written += put;
    }
    done += got;
  }
  free(buffer);
  return done;
}

int64_t cd_copy(int source, int target, int64_t *offset, int64_t count) {
  struct stat status;
  if (fstat(source, &status) != 0) return -1;
  int64_t start = *offset;
  int64_t data = lseek(source, start, SEEK_DATA);
  if (data < 0) {
    // No data up to the end, or a file system that knows no holes.
    data = errno == ENXIO ? status.st_size : start;
  }
  if (data >= status.st_size) {
    *offset = status.st_size;
    if (ftruncate(target, status.st_size) != 0) return -1;
    return status.st_size > start ? status.st_size - start : 0;
  }
  int64_t end = lseek(source, data, SEEK_HOLE);
  if (end < 0) end = status.st_size;
  if (end - data > count) end = data + count;
  int64_t copied = copy_in_kernel(source, target, data, end - data);
  if (copied < 0 && (errno == ENOSYS || errno == EXDEV || errno == EOPNOTSUPP || errno == EINVAL)) {
    copied = copy_by_hand(source, target, data, end - data);
  }
  if (copied < 0) return -1;
  *offset = data + copied;
  return *offset - start;
}
