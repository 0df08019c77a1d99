// vsock connect CID PORT              bridges the standard streams to a socket
// vsock listen PORT COMMAND [ARG...]  runs the command once per connection, with the socket as its streams
// vsock serve PORT COMMAND [ARG...]   the same in the background: returns once connections are accepted
#include <errno.h>
#include <linux/vm_sockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tool.h"

static int usage(void) {
  fputs("usage: vsock connect CID PORT | vsock listen|serve PORT COMMAND [ARG...]\n", stderr);
  return 2;
}

static int parse_number(const char *text, unsigned int *value) {
  char *end;
  errno = 0;
  unsigned long parsed = strtoul(text, &end, 10);
  if (errno || end == text || *end || parsed > 0xffffffffUL) {
    fprintf(stderr, "vsock: not a number: %s\n", text);
    return -1;
  }
  *value = (unsigned int)parsed;
  return 0;
}

static int vsock_socket(void) {
  int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) perror("vsock: socket");
  return fd;
}

static int connect_to(unsigned int cid, unsigned int port) {
  struct sockaddr_vm address = {.svm_family = AF_VSOCK, .svm_cid = cid, .svm_port = port};
  int fd = vsock_socket();
  if (fd < 0) return 1;
  if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    fprintf(stderr, "vsock: connect to CID %u port %u: %s\n", cid, port, strerror(errno));
    return 1;
  }
  return bridge(fd);
}

static int listen_on(unsigned int port, char **command, int background) {
  struct sockaddr_vm address = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY, .svm_port = port};
  int fd = vsock_socket();
  if (fd < 0) return 1;
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 64) < 0) {
    fprintf(stderr, "vsock: listen on port %u: %s\n", port, strerror(errno));
    return 1;
  }
  if (background && detach() < 0) return 1;
  signal(SIGCHLD, SIG_IGN);  // The kernel reaps the commands; nobody asks for their status.
  for (;;) {
    int connection = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      perror("vsock: accept");
      return 1;
    }
    if (start_with_stream(connection, command) < 0) perror("vsock: fork");
    close(connection);
  }
}

int vsock_main(int argc, char **argv) {
  unsigned int cid, port;
  if (argc == 4 && strcmp(argv[1], "connect") == 0) {
    if (parse_number(argv[2], &cid) < 0 || parse_number(argv[3], &port) < 0) return 2;
    return connect_to(cid, port);
  }
  int background = argc >= 4 && strcmp(argv[1], "serve") == 0;
  if (background || (argc >= 4 && strcmp(argv[1], "listen") == 0)) {
    if (parse_number(argv[2], &port) < 0) return 2;
    return listen_on(port, argv + 3, background);
  }
  return usage();
}
