// datagrams PORT: sends every datagram that comes to the UDP port back to its sender, in the background.
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "tool.h"

enum { LARGEST = 65536 };

int datagrams_main(int argc, char **argv) {
  if (argc != 2) {
    fputs("usage: datagrams PORT\n", stderr);
    return 2;
  }
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
  int socket_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_fd < 0 || bind(socket_fd, (struct sockaddr *)&address, sizeof address) != 0 || detach() != 0) {
    perror("datagrams");
    return 1;
  }
  static char bytes[LARGEST];
  for (;;) {
    struct sockaddr_in sender;
    socklen_t length = sizeof sender;
    ssize_t size = recvfrom(socket_fd, bytes, sizeof bytes, 0, (struct sockaddr *)&sender, &length);
    if (size >= 0) sendto(socket_fd, bytes, (size_t)size, 0, (struct sockaddr *)&sender, length);
  }
}
