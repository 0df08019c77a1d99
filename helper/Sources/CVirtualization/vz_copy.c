#define _GNU_SOURCE
#include "vz_copy.h"

#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

int vz_share_blocks(int source, int target) { return ioctl(target, FICLONE, source); }

ssize_t vz_copy_range(int source, int target, off_t offset, size_t count) {
  off_t from = offset, to = offset;
  return copy_file_range(source, &from, target, &to, count, 0);
}

off_t vz_next_data(int descriptor, off_t offset) { return lseek(descriptor, offset, SEEK_DATA); }

off_t vz_next_hole(int descriptor, off_t offset) { return lseek(descriptor, offset, SEEK_HOLE); }
