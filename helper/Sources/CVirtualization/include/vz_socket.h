#ifndef VZ_SOCKET_H
#define VZ_SOCKET_H

#include <stddef.h>
#include <sys/types.h>

/// Sends bytes and, with them, one descriptor (or none when it is -1). Never blocks and never raises SIGPIPE.
ssize_t vz_send(int socket, const void *bytes, size_t count, int descriptor);

/// The descriptor's open flags or -1. (`fcntl` is variadic and so out of Swift's reach in some SDKs.)
int vz_get_flags(int descriptor);

/// Sets the open flags; 0 or -1 with errno.
int vz_set_flags(int descriptor, int flags);

/// A copy with close-on-exec set, or -1 with errno.
int vz_duplicate(int descriptor);

/// Pipe with close-on-exec; 0 or -1 with errno.
int vz_pipe(int pair[2]);

/// O_DIRECT, whose value depends on the processor.
int vz_direct_flag(void);

/// A file without a name in a folder, open for reading and writing; -1 with errno.
int vz_temporary_file(const char *folder);

/// Connected pair of Unix stream sockets with close-on-exec; 0 or -1 with errno.
int vz_socketpair(int pair[2]);

/// Asks for a send buffer of that many bytes, beyond the system's limit where the process may.
void vz_set_send_buffer(int socket, int bytes);

#endif
