#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vz_spawn.h"
#include "vz_tracee.h"

/// Takes a descriptor that waits in a socket; -1 when there is none.
static int take_descriptor(int socket) {
  char byte;
  struct iovec part = {&byte, 1};
  _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  if (recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0) return -1;
  const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header == NULL || header->cmsg_type != SCM_RIGHTS) return -1;
  int descriptor;
  memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
  return descriptor;
}

static void discard_descriptors(int socket) {
  for (int descriptor; (descriptor = take_descriptor(socket)) >= 0;) close(descriptor);
}

/// Which folder a descriptor names, and by which mount.
struct identity {
  unsigned long mount, flags;
  dev_t device;
  ino_t inode;
};

static int identify(const char *process, int descriptor, struct identity *identity) {
  char path[80], line[128];
  struct stat status;
  snprintf(path, sizeof path, "/proc/%s/fd/%d", process, descriptor);
  if (stat(path, &status) != 0) return -1;
  *identity = (struct identity){.device = status.st_dev, .inode = status.st_ino};
  snprintf(path, sizeof path, "/proc/%s/fdinfo/%d", process, descriptor);
  FILE *file = fopen(path, "re");
  if (file == NULL) return -1;
  while (fgets(line, sizeof line, file) != NULL) {
    sscanf(line, "flags: %lo", &identity->flags);
    sscanf(line, "mnt_id: %lu", &identity->mount);
  }
  fclose(file);
  return 0;
}

/// Replaces every descriptor of the process that stands for the old root by the one that waits for it.
static int replace_roots(struct vz_tracee *tracee, const char *process, int old, int target_socket) {
  struct identity wanted, found;
  if (identify("self", old, &wanted) != 0) return errno;
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/fd", process);
  DIR *folder = opendir(path);
  if (folder == NULL) return errno;
  int fresh = -1, error = 0;
  for (struct dirent *entry; error == 0 && (entry = readdir(folder)) != NULL;) {
    int number = atoi(entry->d_name);
    if (entry->d_name[0] == '.' || number == fresh || identify(process, number, &found) != 0) continue;
    // What the guest itself has opened stays as it is: that is no O_PATH.
    if ((found.flags & O_PATH) == 0 || found.mount != wanted.mount) continue;
    if (found.device != wanted.device || found.inode != wanted.inode) continue;
    if (fresh < 0 && (fresh = vz_tracee_receive(tracee, target_socket)) < 0) error = errno;
    if (error == 0 && vz_tracee_replace(tracee, fresh, number) != 0) error = errno;
  }
  closedir(folder);
  if (fresh >= 0) vz_tracee_close(tracee, fresh);
  return error;
}

struct exchange {
  const struct vz_exchange_options *options;
  int *detail;
  int error;
};

static void *exchange_main(void *argument) {
  struct exchange *work = argument;
  const struct vz_exchange_options *options = work->options;
  struct vz_tracee *tracee = NULL;
  work->error = vz_tracee_stop(options->pid, &tracee);
  if (work->error != 0) return NULL;
  work->error = vz_exchange_view(options, work->detail);
  if (work->error == 0) {
    char process[16];
    snprintf(process, sizeof process, "%d", (int)options->pid);
    int old = take_descriptor(options->far_channel);
    work->error = replace_roots(tracee, process, old, options->target_channel);
    if (old >= 0) close(old);
  }
  // A guest that has not mounted the share yet has no root to replace.
  discard_descriptors(options->far_channel);
  vz_tracee_resume(tracee);
  return NULL;
}

int vz_exchange(const struct vz_exchange_options *options, int *detail) {
  struct exchange work = {options, detail, 0};
  *detail = -1;
  // The hold on a process ends with the thread that has it, so nothing can stay stopped.
  pthread_t thread;
  int error = pthread_create(&thread, NULL, exchange_main, &work);
  if (error != 0) return error;
  pthread_join(thread, NULL);
  return work.error;
}
