#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "vz_vsock.h"

enum { MAX_EVENTS = 64 };

int vz_vsock_eventfd(void) {
  int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return fd < 0 ? -errno : fd;
}

void vz_vsock_signal(int eventfd) {
  uint64_t one = 1;
  ssize_t n = write(eventfd, &one, sizeof one);
  (void)n;
}

int vz_vsock_epoll(void) {
  int fd = epoll_create1(EPOLL_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int vz_vsock_epoll_add(int epoll, int fd, uint64_t token) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.u64 = token};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : errno;
}

void vz_vsock_epoll_remove(int epoll, int fd) {
  struct epoll_event unused = {0};
  epoll_ctl(epoll, EPOLL_CTL_DEL, fd, &unused);
}

static uint32_t translate(uint32_t events) {
  uint32_t r = 0;
  if (events & EPOLLIN) r |= VZ_VSOCK_READABLE;
  if (events & EPOLLOUT) r |= VZ_VSOCK_WRITABLE;
  if (events & EPOLLRDHUP) r |= VZ_VSOCK_READABLE | VZ_VSOCK_READ_CLOSED;
  if (events & (EPOLLHUP | EPOLLERR)) r |= VZ_VSOCK_READABLE | VZ_VSOCK_READ_CLOSED | VZ_VSOCK_HUNG_UP;
  return r;
}

int vz_vsock_epoll_wait(int epoll, vz_vsock_event *events, int count, int milliseconds) {
  struct epoll_event raw[MAX_EVENTS];
  int n = epoll_wait(epoll, raw, count < MAX_EVENTS ? count : MAX_EVENTS, milliseconds);
  for (int i = 0; i < n; i++) events[i] = (vz_vsock_event){raw[i].data.u64, translate(raw[i].events)};
  return n < 0 ? 0 : n;
}

void vz_vsock_block_signals(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
}
