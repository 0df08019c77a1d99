#define _GNU_SOURCE
#include "vz_stage.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PATH_ROOM = 512 };

// Defined here since glibc and the kernel's headers do not agree on which of them declares these.
struct attributes {
  uint64_t set, clear, propagation, userns;
};
enum { ATTRIBUTE_READ_ONLY = 1, RECURSIVE = 0x8000 };

static int failed(struct vz_failure *failure, enum vz_spawn_step step, int detail) {
  *failure = (struct vz_failure){.step = step, .error = errno, .detail = detail};
  return -1;
}

static int write_file(const char *path, const char *text, size_t count) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t written = write(file, text, count);
  int error = errno;
  close(file);
  errno = error;
  return written == (ssize_t)count ? 0 : -1;
}

/// "0 <id> 1\n" without stdio, which is out of bounds between clone and exec.
static size_t map_line(char *line, unsigned id) {
  char digits[10];
  size_t count = 0, length = 0;
  do {
    digits[count++] = (char)('0' + id % 10);
    id /= 10;
  } while (id != 0);
  memcpy(line, "0 ", 2);
  length = 2;
  while (count > 0) line[length++] = digits[--count];
  memcpy(line + length, " 1\n", 3);
  return length + 3;
}

static int enter_user_namespace(struct vz_failure *failure) {
  char line[32];
  unsigned user = geteuid(), group = getegid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return failed(failure, VZ_SPAWN_NAMESPACE, -1);
  if (write_file("/proc/self/setgroups", "deny", 4) != 0 && errno != ENOENT) {
    return failed(failure, VZ_SPAWN_USER_MAP, -1);
  }
  if (write_file("/proc/self/uid_map", line, map_line(line, user)) != 0) {
    return failed(failure, VZ_SPAWN_USER_MAP, -1);
  }
  if (write_file("/proc/self/gid_map", line, map_line(line, group)) != 0) {
    return failed(failure, VZ_SPAWN_USER_MAP, -1);
  }
  return 0;
}

static int join(char *path, const char *stage, const char *name) {
  size_t base = strlen(stage), rest = name == NULL ? 0 : strlen(name);
  if (base + rest + 2 > PATH_ROOM) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(path, stage, base + 1);
  if (name != NULL) {
    path[base] = '/';
    memcpy(path + base + 1, name, rest + 1);
  }
  return 0;
}

static int add_binds(const char *stage, const struct vz_bind *binds, size_t count, struct vz_failure *failure) {
  for (size_t i = 0; i < count; i++) {
    char path[PATH_ROOM];
    if (join(path, stage, binds[i].name) != 0) return failed(failure, VZ_SPAWN_BIND, (int)i);
    if (binds[i].name != NULL && mkdir(path, 0755) != 0) return failed(failure, VZ_SPAWN_BIND, (int)i);
    if (mount(binds[i].source, path, NULL, MS_BIND | MS_REC, NULL) != 0) return failed(failure, VZ_SPAWN_BIND, (int)i);
    if (!binds[i].read_only) continue;
    struct attributes attributes = {.set = ATTRIBUTE_READ_ONLY};
    if (syscall(SYS_mount_setattr, AT_FDCWD, path, RECURSIVE, &attributes, sizeof attributes) != 0) {
      return failed(failure, VZ_SPAWN_READ_ONLY, (int)i);
    }
  }
  return 0;
}

static int mount_stage(const char *stage) {
  return mount("vzkit", stage, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=1m,mode=755");
}

int vz_stage_enter(const char *stage, const struct vz_bind *binds, size_t count, struct vz_failure *failure) {
  if (geteuid() == 0) {
    if (unshare(CLONE_NEWNS) != 0) return failed(failure, VZ_SPAWN_NAMESPACE, -1);
  } else if (enter_user_namespace(failure) != 0) {
    return -1;
  }
  // Mounts made on the host below a shared folder still appear, ours never reach the host.
  if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return failed(failure, VZ_SPAWN_NAMESPACE, -1);
  if (mount_stage(stage) != 0) return failed(failure, VZ_SPAWN_STAGE, -1);
  return add_binds(stage, binds, count, failure);
}

struct entry {
  uint64_t inode;
  int64_t offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

/// Takes the old binds away. A guest that still has a file of one open keeps that file, and nothing else.
/// Reads the folder by system call: `opendir` allocates, which a child of a process with threads must not do.
static int clear_stage(const char *stage, struct vz_failure *failure) {
  int folder = open(stage, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return failed(failure, VZ_SPAWN_STAGE, -1);
  _Alignas(struct entry) char room[4096];
  long count;
  while ((count = syscall(SYS_getdents64, folder, room, sizeof room)) > 0) {
    for (long at = 0; at < count;) {
      const struct entry *entry = (const struct entry *)(room + at);
      at += entry->length;
      if (strcmp(entry->name, ".") == 0 || strcmp(entry->name, "..") == 0) continue;
      char path[PATH_ROOM];
      if (join(path, stage, entry->name) != 0) continue;
      umount2(path, MNT_DETACH);
      rmdir(path);
    }
  }
  close(folder);
  return 0;
}

/// Nothing of the old view is touched before all of the new one is known to be there.
static int check_binds(const struct vz_bind *binds, size_t count, struct vz_failure *failure) {
  for (size_t i = 0; i < count; i++) {
    int folder = open(binds[i].source, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return failed(failure, VZ_SPAWN_BIND, (int)i);
    close(folder);
  }
  return 0;
}

static int enter(int pidfd, const struct vz_bind *binds, size_t count, struct vz_failure *failure) {
  int spaces = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;
  if (setns(pidfd, spaces) != 0) return failed(failure, VZ_SPAWN_NAMESPACE, -1);
  return check_binds(binds, count, failure);
}

int vz_stage_replace(int pidfd, const char *stage, const struct vz_bind *binds, size_t count,
                     struct vz_failure *failure) {
  if (enter(pidfd, binds, count, failure) != 0 || clear_stage(stage, failure) != 0) return -1;
  return add_binds(stage, binds, count, failure);
}

/// Mounts a whole new view over the old one, which stays as it was when this fails.
static int cover(const char *stage, const struct vz_bind *binds, size_t count, struct vz_failure *failure) {
  bool is_whole = count == 1 && binds[0].name == NULL;
  if (!is_whole && mount_stage(stage) != 0) return failed(failure, VZ_SPAWN_STAGE, -1);
  if (add_binds(stage, binds, count, failure) == 0) return 0;
  // A bind that could not be mounted has left nothing to take away.
  if (!is_whole || failure->step == VZ_SPAWN_READ_ONLY) umount2(stage, MNT_DETACH);
  return -1;
}

/// Puts `fresh`, which covers `old`, in its place, also as the root of a process that has `old` as its root.
static int take_place(int old, int fresh) {
  if (fchdir(old) != 0 || chroot(".") != 0 || fchdir(fresh) != 0) return -1;
  if (syscall(SYS_pivot_root, ".", ".") != 0) return -1;
  // `pivot_root` has stacked the old view on the new one.
  return umount2(".", MNT_DETACH);
}

static int send_descriptor(int channel, int descriptor) {
  char byte = 0;
  struct iovec part = {&byte, 1};
  _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  return sendmsg(channel, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

int vz_stage_exchange(int pidfd, const char *stage, const struct vz_bind *binds, size_t count, int channel,
                      struct vz_failure *failure) {
  if (enter(pidfd, binds, count, failure) != 0) return -1;
  int old = open(stage, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (old < 0) return failed(failure, VZ_SPAWN_STAGE, -1);
  if (cover(stage, binds, count, failure) != 0) return -1;
  int fresh = open(stage, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fresh < 0 || send_descriptor(channel, old) != 0 || send_descriptor(channel, fresh) != 0) {
    failed(failure, VZ_SPAWN_STAGE, -1);
    umount2(stage, MNT_DETACH);
    return -1;
  }
  if (take_place(old, fresh) != 0) return failed(failure, VZ_SPAWN_STAGE, -1);
  return 0;
}
