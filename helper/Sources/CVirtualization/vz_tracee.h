#ifndef VZ_TRACEE_H
#define VZ_TRACEE_H

#include <stddef.h>
#include <sys/types.h>

/// A process all of whose threads stand still. Used by one thread, which must end soon afterwards: with it ends the hold
/// on every thread, whatever happened.
struct vz_tracee;

/// Stops every thread of a child. Returns 0 or an errno value: EPERM where this host forbids it, ENOSYS on processors
/// whose registers it does not know.
int vz_tracee_stop(pid_t pid, struct vz_tracee **tracee);

/// Lets all threads go on and frees the tracee; NULL is fine.
void vz_tracee_resume(struct vz_tracee *tracee);

/// Makes the process receive one descriptor from its socket. Returns the descriptor's number in there, or -1 with errno.
int vz_tracee_receive(struct vz_tracee *tracee, int socket);

/// Makes `target` of the process a copy of its `source`, which stays open. Returns 0 or -1 with errno.
int vz_tracee_replace(struct vz_tracee *tracee, int source, int target);

/// Closes a descriptor of the process. Returns 0 or -1 with errno.
int vz_tracee_close(struct vz_tracee *tracee, int descriptor);

#endif
