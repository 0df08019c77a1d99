#define _GNU_SOURCE
#include "vz_memory_file.h"

#include <sys/mman.h>

int vz_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }
