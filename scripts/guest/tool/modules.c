// load-modules TABLE [NAME...]: loads the kernel modules of the devices that are present, and the named ones.
//
// Each line of the table is `PATTERN FILE...`: a device whose modalias matches the pattern needs the files,
// in that order. One process does it all, since starting one per module is what costs time in an emulated guest.
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tool.h"

enum { MAX_DEVICES = 256, ALIAS_SIZE = 128 };

static char aliases[MAX_DEVICES][ALIAS_SIZE];
static size_t alias_count;
static int failures;

static void collect(const char *pattern) {
  glob_t found;
  if (glob(pattern, GLOB_NOSORT, NULL, &found) != 0) return;
  for (size_t i = 0; i < found.gl_pathc && alias_count < MAX_DEVICES; i++) {
    FILE *file = fopen(found.gl_pathv[i], "re");
    if (!file) continue;
    char *alias = aliases[alias_count];
    if (fgets(alias, ALIAS_SIZE, file)) {
      alias[strcspn(alias, "\n")] = 0;
      alias_count++;
    }
    fclose(file);
  }
  globfree(&found);
}

static int wanted(const char *pattern, int argc, char **argv) {
  for (size_t i = 0; i < alias_count; i++) {
    if (fnmatch(pattern, aliases[i], 0) == 0) return 1;
  }
  for (int i = 2; i < argc; i++) {
    if (strcmp(pattern, argv[i]) == 0) return 1;
  }
  return 0;
}

static void load(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  // `EEXIST`: an earlier line loaded it.
  if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) != 0 && errno != EEXIST)) {
    fprintf(stderr, "load-modules: %s: %s\n", path, strerror(errno));
    failures++;
  }
  if (fd >= 0) close(fd);
}

int load_modules_main(int argc, char **argv) {
  if (argc < 2) return 2;
  FILE *table = fopen(argv[1], "re");
  if (!table) {
    perror(argv[1]);
    return 1;
  }
  collect("/sys/bus/virtio/devices/*/modalias");
  collect("/sys/bus/pci/devices/*/modalias");
  collect("/sys/bus/acpi/devices/*/modalias");
  collect("/sys/bus/platform/devices/*/modalias");
  char line[1024];
  while (fgets(line, sizeof line, table)) {
    char *pattern = strtok(line, " \n");
    if (!pattern || !wanted(pattern, argc, argv)) continue;
    for (char *file; (file = strtok(NULL, " \n"));) load(file);
  }
  fclose(table);
  return failures ? 1 : 0;
}
