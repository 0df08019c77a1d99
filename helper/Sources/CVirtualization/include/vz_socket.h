#ifndef VZ_SOCKET_H
#define VZ_SOCKET_H

#include <stddef.h>
#include <sys/types.h>

/// Sends bytes and, with them, one descriptor (or none when it is -1). Never blocks and never raises SIGPIPE.
ssize_t vz_send(int socket, const void *bytes, size_t count, int descriptor);

/// Pipe with close-on-exec; 0 or -1 with errno.
int vz_pipe(int pair[2]);

/// O_DIRECT, whose value depends on the processor.
int vz_direct_flag(void);

/// A file without a name in a folder, open for reading and writing; -1 with errno.
int vz_temporary_file(const char *folder);

/// Asks for a send buffer of that many bytes, beyond the system's limit where the process may.
void vz_set_send_buffer(int socket, int bytes);

#endif
