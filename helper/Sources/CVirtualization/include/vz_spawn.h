#ifndef VZ_SPAWN_H
#define VZ_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/// Where `vz_spawn` was when it failed; the text of each is `vz_spawn_step_name`.
enum vz_spawn_step {
  VZ_SPAWN_NONE = 0,
  VZ_SPAWN_CLONE,
  VZ_SPAWN_PARENT_DEATH,
  VZ_SPAWN_DESCRIPTORS,
  VZ_SPAWN_NAMESPACE,
  VZ_SPAWN_USER_MAP,
  VZ_SPAWN_STAGE,
  VZ_SPAWN_BIND,
  VZ_SPAWN_READ_ONLY,
  VZ_SPAWN_EXEC,
};

/// One folder to show inside the child's own mount namespace.
struct vz_bind {
  /// Absolute path of the folder.
  const char *source;
  /// File name inside the stage, or NULL to put the folder in place of the whole stage.
  const char *name;
  bool read_only;
};

struct vz_spawn_options {
  /// Absolute path of the program.
  const char *path;
  char *const *argv;
  char *const *envp;
  /// Descriptor `i` of the child is a copy of `fds[i]`; -1 means /dev/null. Every other descriptor is closed.
  const int *fds;
  size_t fd_count;
  /// Folder (it must exist) which becomes the stage holding the binds. NULL: no namespace of its own.
  const char *stage;
  const struct vz_bind *binds;
  size_t bind_count;
  /// Whether the program's memory never comes in huge pages.
  bool small_pages;
};

struct vz_child {
  pid_t pid;
  /// Becomes readable when the child has ended. Owned by the caller.
  int pidfd;
};

/// Starts a program which the kernel kills with SIGKILL as soon as the *calling thread* ends: call it from a thread
/// that lives as long as the process. Returns 0, or an errno value with `*step` and `*detail` (index of the bind
/// concerned, else -1) saying where; then no child is left behind.
int vz_spawn(const struct vz_spawn_options *options, struct vz_child *child, enum vz_spawn_step *step, int *detail);

/// English text for a step, for use after "cannot".
const char *vz_spawn_step_name(enum vz_spawn_step step);

/// Reaps an ended child without waiting. Returns 1 and the outcome (`*code` is the exit code or the signal), 0 while it
/// still runs, or -1 with errno.
int vz_reap(int pidfd, bool *signaled, int *code);

/// Sends a signal to the process behind a pidfd; safe against reuse of the number. Returns 0 or -1 with errno.
int vz_signal(int pidfd, int signal);

/// Replaces what a running child of `vz_spawn` shows under its stage. Runs in a short-lived child, since a process with
/// several threads cannot enter a mount namespace. Returns 0, or an errno value with `*detail` as for `vz_spawn`.
int vz_restage(int pidfd, const char *stage, const struct vz_bind *binds, size_t bind_count, int *detail);

struct vz_exchange_options {
  int pidfd;
  pid_t pid;
  const char *stage;
  const struct vz_bind *binds;
  size_t bind_count;
  /// A pair of connected sockets, and the number by which the child has the far one.
  int channel;
  int far_channel;
  int target_channel;
};

/// Exchanges the root of what a running child of `vz_spawn` shows, in its view and in the descriptors that it keeps of
/// the old root. Returns 0, or an errno value with `*detail` as for `vz_spawn`; EPERM also where this host lets no
/// process look into another, ENOSYS on processors other than x86-64.
int vz_exchange(const struct vz_exchange_options *options, int *detail);

/// The first half of `vz_exchange`: the view.
int vz_exchange_view(const struct vz_exchange_options *options, int *detail);

#endif
