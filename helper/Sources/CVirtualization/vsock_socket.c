#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vz_vsock.h"

enum { MAX_FDS = 16 };

int vz_vsock_socketpair(int ends[2]) {
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
  int error = vz_vsock_set_nonblocking(ends[0]);
  if (error != 0) {
    close(ends[0]);
    close(ends[1]);
    return error;
  }
  return 0;
}

static int collect(struct msghdr *message, int *fds, int room) {
  int count = 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    int n = (int)((c->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    for (int i = 0; i < n; i++) {
      int fd;
      memcpy(&fd, CMSG_DATA(c) + (size_t)i * sizeof(int), sizeof fd);
      if (count < room)
        fds[count] = fd;
      else
        close(fd);
      count++;
    }
  }
  return count;
}

ssize_t vz_vsock_receive(int socket, void *bytes, size_t size, int *fds, int *fd_count) {
  union {
    struct cmsghdr alignment;
    char bytes[CMSG_SPACE(MAX_FDS * sizeof(int))];
  } control;
  struct iovec part = {bytes, size};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  int room = *fd_count;
  *fd_count = 0;
  ssize_t n;
  do n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  if (n < 0) return -errno;
  int count = collect(&message, fds, room);
  if (count > room || (message.msg_flags & MSG_CTRUNC)) {
    for (int i = 0; i < count && i < room; i++) close(fds[i]);
    return -EMSGSIZE;
  }
  *fd_count = count;
  return n;
}

ssize_t vz_vsock_send(int socket, const struct iovec *parts, int count) {
  struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)count};
  ssize_t n;
  do n = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  return n < 0 ? -errno : n;
}

ssize_t vz_vsock_read(int socket, const struct iovec *parts, int count) {
  struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)count};
  ssize_t n;
  do n = recvmsg(socket, &message, MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  return n < 0 ? -errno : n;
}

int vz_vsock_set_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) return errno;
  return 0;
}

int vz_vsock_is_sealed(int fd) {
  int seals = fcntl(fd, F_GET_SEALS);
  return seals >= 0 && (seals & F_SEAL_SHRINK) != 0;
}
