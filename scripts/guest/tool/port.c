// port NAME COMMAND [ARG...]: runs the command on the virtio port of that name, again each time it ends.
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tool.h"

static const char ports[] = "/sys/class/virtio-ports";

static int has_name(const char *port, const char *wanted) {
  char path[300], name[128] = "";
  snprintf(path, sizeof path, "%s/%s/name", ports, port);
  FILE *file = fopen(path, "re");
  if (!file) return 0;
  if (fgets(name, sizeof name, file)) name[strcspn(name, "\n")] = 0;
  fclose(file);
  return strcmp(name, wanted) == 0;
}

static int open_port(const char *wanted) {
  DIR *directory = opendir(ports);
  int fd = -1;
  for (struct dirent *entry; directory && fd < 0 && (entry = readdir(directory));) {
    if (entry->d_name[0] == '.' || !has_name(entry->d_name, wanted)) continue;
    char path[300];
    snprintf(path, sizeof path, "/dev/%s", entry->d_name);
    fd = open(path, O_RDWR | O_CLOEXEC);
  }
  if (directory) closedir(directory);
  return fd;
}

// A port that nobody holds open on the host reports a hang-up at once, and there is no event for the host's coming.
static void wait_for_host(int fd) {
  const struct timespec pause = {.tv_nsec = 100 * 1000 * 1000};
  struct pollfd wait = {.fd = fd, .events = POLLIN};
  while (poll(&wait, 1, -1) >= 0 && (wait.revents & POLLHUP)) nanosleep(&pause, NULL);
}

int port_main(int argc, char **argv) {
  if (argc < 3) {
    fputs("usage: port NAME COMMAND [ARG...]\n", stderr);
    return 2;
  }
  for (;;) {
    int fd = open_port(argv[1]);
    if (fd < 0) {
      fprintf(stderr, "port: no port named %s\n", argv[1]);
      return 1;
    }
    wait_for_host(fd);
    pid_t child = start_with_stream(fd, argv + 2);
    close(fd);  // A port opens once at a time: the next round opens it anew, after the command closed it.
    if (child < 0 || waitpid(child, NULL, 0) < 0) return 1;
  }
}
