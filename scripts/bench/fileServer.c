// A static file server that does as little as possible: sendfile from the page cache, ranges, kept connections, one
// thread for each. Prints its port and serves the file given, whatever the path, until its input ends.
//   cc -O2 -pthread fileServer.c -o fileServer && ./fileServer FILE
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int file;
static long long size;

/// Reads one request; 0 when the peer has gone.
static int read_request(int peer, char *text, size_t capacity) {
  size_t length = 0;
  while (length < capacity - 1) {
    ssize_t count = read(peer, text + length, capacity - 1 - length);
    if (count <= 0) return 0;
    length += (size_t)count;
    text[length] = 0;
    if (strstr(text, "\r\n\r\n")) return 1;
  }
  return 0;
}

static int answer(int peer, const char *request) {
  long long first = 0, last = size - 1;
  const char *range = strcasestr(request, "\r\nrange: bytes=");
  if (range) {
    char *end;
    first = strtoll(range + 15, &end, 10);
    if (*end == '-' && end[1] >= '0' && end[1] <= '9') last = strtoll(end + 1, NULL, 10);
    if (last >= size) last = size - 1;
  }
  char head[512];
  int length = snprintf(head, sizeof head,
                        "HTTP/1.1 %s\r\nContent-Length: %lld\r\nETag: \"bench\"\r\nAccept-Ranges: bytes\r\n",
                        range ? "206 Partial Content" : "200 OK", last - first + 1);
  if (range) {
    length += snprintf(head + length, sizeof head - (size_t)length, "Content-Range: bytes %lld-%lld/%lld\r\n", first, last,
                       size);
  }
  length += snprintf(head + length, sizeof head - (size_t)length, "\r\n");
  if (send(peer, head, (size_t)length, MSG_MORE) != length) return 0;
  off_t place = first;
  while (place <= last) {
    ssize_t count = sendfile(peer, file, &place, (size_t)(last + 1 - place));
    if (count <= 0 && errno != EINTR) return 0;
  }
  return 1;
}

static void *serve(void *argument) {
  int peer = (int)(long)argument;
  char text[16384];
  while (read_request(peer, text, sizeof text) && answer(peer, text)) {
  }
  close(peer);
  return NULL;
}

/// The benchmark holds the other end of the input: it cannot leave this server behind.
static void *end_with_input(void *unused) {
  char byte;
  while (read(0, &byte, 1) > 0) {
  }
  exit(0);
  return unused;
}

int main(int argc, char **argv) {
  struct stat status;
  if (argc != 2 || (file = open(argv[1], O_RDONLY)) < 0 || fstat(file, &status) != 0) return 2;
  size = status.st_size;
  signal(SIGPIPE, SIG_IGN);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 64) != 0) return 2;
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  pthread_t thread;
  pthread_create(&thread, NULL, end_with_input, NULL);
  for (;;) {
    int peer = accept(listener, NULL, NULL);
    if (peer < 0) continue;
    int one = 1;
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (pthread_create(&thread, NULL, serve, (void *)(long)peer) == 0) pthread_detach(thread);
  }
}
