#ifndef VZ_MEMORY_FILE_H
#define VZ_MEMORY_FILE_H

/// Makes a file that exists in memory only and closes on exec. Returns its descriptor, or -1 with errno set.
int vz_memory_file(const char *name);

#endif
