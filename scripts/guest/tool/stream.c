#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tool.h"

int write_all(int fd, const void *bytes, size_t size) {
  const char *next = bytes;
  while (size > 0) {
    ssize_t written = write(fd, next, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return -1;
    next += written;
    size -= (size_t)written;
  }
  return 0;
}

// Returns 1 when bytes moved, 0 at the end of the file, -1 on an error.
static int copy_some(int from, int to) {
  static char buffer[64 * 1024];
  ssize_t count = read(from, buffer, sizeof buffer);
  if (count < 0 && errno == EINTR) return 1;
  if (count <= 0) return (int)count;
  return write_all(to, buffer, (size_t)count) < 0 ? -1 : 1;
}

int bridge(int socket) {
  signal(SIGPIPE, SIG_IGN);
  struct pollfd waits[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = socket, .events = POLLIN}};
  while (waits[0].fd >= 0 || waits[1].fd >= 0) {
    if (poll(waits, 2, -1) < 0) {
      if (errno == EINTR) continue;
      perror("poll");
      return 1;
    }
    if (waits[0].revents && copy_some(STDIN_FILENO, socket) <= 0) {
      shutdown(socket, SHUT_WR);
      waits[0].fd = -1;
    }
    if (waits[1].revents) {
      int moved = copy_some(socket, STDOUT_FILENO);
      if (moved < 0) {
        perror("vsock: receive");
        return 1;
      }
      if (moved == 0) {
        if (waits[1].revents & POLLHUP) return 0;  // Closed both ways: nothing can be sent any more either.
        close(STDOUT_FILENO);
        waits[1].fd = -1;
      }
    }
  }
  return 0;
}

int detach(void) {
  pid_t child = fork();
  if (child > 0) _exit(0);
  return child;
}

pid_t start_with_stream(int stream, char **argv) {
  pid_t child = fork();
  if (child != 0) return child;
  signal(SIGCHLD, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  dup2(stream, STDIN_FILENO);
  dup2(stream, STDOUT_FILENO);
  dup2(stream, STDERR_FILENO);
  if (stream > STDERR_FILENO) close(stream);
  execvp(argv[0], argv);
  perror(argv[0]);
  _exit(127);
}
