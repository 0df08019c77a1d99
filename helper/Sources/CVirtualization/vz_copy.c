#define _GNU_SOURCE
#include "vz_copy.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

int vz_share_blocks(int source, int target) { return ioctl(target, FICLONE, source); }

off_t vz_next_data(int descriptor, off_t offset) { return lseek(descriptor, offset, SEEK_DATA); }

off_t vz_next_hole(int descriptor, off_t offset) { return lseek(descriptor, offset, SEEK_HOLE); }

int vz_punch_hole(int descriptor, off_t offset, off_t length) {
  return fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

ssize_t vz_copy_range(int source, int target, off_t offset, size_t length) {
  off_t in = offset, out = offset;
  return copy_file_range(source, &in, target, &out, length, 0);
}
