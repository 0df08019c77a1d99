// The floor that clones are held against: shares blocks where the file system can, else copies data inside the kernel and
// leaves holes. usage: clone SOURCE TARGET
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(const char *what) {
  perror(what);
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int from = open(argv[1], O_RDONLY), to = open(argv[2], O_RDWR | O_CREAT | O_EXCL, 0644);
  struct stat status;
  if (from < 0 || to < 0 || fstat(from, &status) != 0) return fail("open");
  if (ioctl(to, FICLONE, from) == 0) return 0;
  if (ftruncate(to, status.st_size) != 0) return fail("ftruncate");
  off_t data = 0;
  while ((data = lseek(from, data, SEEK_DATA)) >= 0) {
    off_t hole = lseek(from, data, SEEK_HOLE);
    if (hole < 0) return fail("lseek");
    while (data < hole) {
      off_t in = data, out = data;
      ssize_t count = copy_file_range(from, &in, to, &out, hole - data, 0);
      if (count <= 0) return fail("copy_file_range");
      data += count;
    }
  }
  return errno == ENXIO ? 0 : fail("lseek");
}
