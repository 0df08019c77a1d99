#ifndef VZ_STAGE_H
#define VZ_STAGE_H

#include "vz_spawn.h"

/// What a child reports through its pipe when it cannot go on.
struct vz_failure {
  enum vz_spawn_step step;
  int error;
  int detail;
};

/// Gives the calling process a mount namespace (and, without root, a user namespace) in which `stage` holds the binds.
int vz_stage_enter(const char *stage, const struct vz_bind *binds, size_t count, struct vz_failure *failure);

/// Enters the namespaces of another process and replaces the binds under its stage.
int vz_stage_replace(int pidfd, const char *stage, const struct vz_bind *binds, size_t count,
                     struct vz_failure *failure);

/// Enters the namespaces of another process and puts a new view in the place of its stage. Sends descriptors of the old
/// and of the new root into `channel`, in this order. When it fails the old view is still there.
int vz_stage_exchange(int pidfd, const char *stage, const struct vz_bind *binds, size_t count, int channel,
                      struct vz_failure *failure);

#endif
