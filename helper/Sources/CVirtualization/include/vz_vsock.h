// What the vhost-user vsock backend needs from C: memory shared with a hostile guest (each value read exactly
// once, with the barriers the virtio specification asks for), descriptor passing, and epoll.
#ifndef VZ_VSOCK_H
#define VZ_VSOCK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>

// MARK: - Memory shared with the guest

typedef struct {
  uint64_t address;
  uint32_t length;
  uint16_t flags;
  uint16_t next;
} vz_vsock_descriptor;

static inline uint16_t vz_vsock_load16(const void *p) { return __atomic_load_n((const uint16_t *)p, __ATOMIC_RELAXED); }

static inline uint16_t vz_vsock_load16_acquire(const void *p) {
  return __atomic_load_n((const uint16_t *)p, __ATOMIC_ACQUIRE);
}

static inline void vz_vsock_store16(void *p, uint16_t v) { __atomic_store_n((uint16_t *)p, v, __ATOMIC_RELAXED); }

static inline void vz_vsock_store16_release(void *p, uint16_t v) {
  __atomic_store_n((uint16_t *)p, v, __ATOMIC_RELEASE);
}

static inline void vz_vsock_store32(void *p, uint32_t v) { __atomic_store_n((uint32_t *)p, v, __ATOMIC_RELAXED); }

/// Orders a store (an index or a notification switch) before a later load (the other side's answer to it).
static inline void vz_vsock_full_barrier(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

/// The guest may rewrite a descriptor while it is looked at: each field is loaded once, into our own memory.
static inline vz_vsock_descriptor vz_vsock_load_descriptor(const void *p) {
  const volatile vz_vsock_descriptor *d = (const volatile vz_vsock_descriptor *)p;
  vz_vsock_descriptor r;
  r.address = d->address;
  r.length = d->length;
  r.flags = d->flags;
  r.next = d->next;
  return r;
}

// MARK: - Descriptors

/// Sets up one end of a connection: returns 0 and two connected stream sockets (close-on-exec), or an errno value.
/// Only `ends[0]` is non-blocking; the options of the two ends are independent.
int vz_vsock_socketpair(int ends[2]);

/// Reads up to `size` bytes and the descriptors that came with them (close-on-exec, at most `*fd_count`).
/// Returns the byte count, 0 at end of stream, or a negative errno value (-EMSGSIZE: more descriptors than allowed;
/// none are kept then).
ssize_t vz_vsock_receive(int socket, void *bytes, size_t size, int *fds, int *fd_count);

/// Sends without raising SIGPIPE and without blocking; returns the byte count or a negative errno value.
ssize_t vz_vsock_send(int socket, const struct iovec *parts, int count);

/// readv without blocking; returns the byte count, 0 at end of stream, or a negative errno value.
ssize_t vz_vsock_read(int socket, const struct iovec *parts, int count);

/// A non-blocking close-on-exec eventfd, or a negative errno value.
int vz_vsock_eventfd(void);

/// Adds one to an eventfd. A full counter needs no second signal, so every failure is harmless.
void vz_vsock_signal(int eventfd);

/// Makes the open file description non-blocking; returns 0 or an errno value.
int vz_vsock_set_nonblocking(int fd);

/// Whether the descriptor is a memory file that can never become smaller: an access to a mapping of anything else
/// could be answered with SIGBUS whenever its owner likes.
int vz_vsock_is_sealed(int fd);

// MARK: - epoll

enum {
  VZ_VSOCK_READABLE = 1,
  VZ_VSOCK_WRITABLE = 2,
  VZ_VSOCK_READ_CLOSED = 4,
  VZ_VSOCK_HUNG_UP = 8,
};

typedef struct {
  uint64_t token;
  uint32_t events;
} vz_vsock_event;

/// A close-on-exec epoll instance, or a negative errno value.
int vz_vsock_epoll(void);

/// Watches for every change of `fd`, edge triggered; returns 0 or an errno value.
int vz_vsock_epoll_add(int epoll, int fd, uint64_t token);

void vz_vsock_epoll_remove(int epoll, int fd);

/// Waits at most `milliseconds` (-1: for ever); returns the number of events (at most 64), or 0 when interrupted.
int vz_vsock_epoll_wait(int epoll, vz_vsock_event *events, int count, int milliseconds);

/// Blocks every signal on the calling thread: signals belong to the program's own threads.
void vz_vsock_block_signals(void);

#endif
