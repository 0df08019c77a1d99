// power-button  in the background, waits for the power key of any input device, then shuts the guest down in order
// poweroff      does the same at once; `reboot` restarts instead
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/input.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <time.h>
#include <unistd.h>

#include "tool.h"

enum { MAX_DEVICES = 16 };

static int end_guest(int how) {
  const struct timespec grace = {.tv_nsec = 50 * 1000 * 1000};
  signal(SIGTERM, SIG_IGN);
  kill(-1, SIGTERM);  // Everyone but this process and the first one, which the kernel leaves out.
  nanosleep(&grace, NULL);
  sync();
  reboot(how);
  perror("reboot");
  return 1;
}

int power_off_main(int argc, char **argv) {
  (void)argc, (void)argv;
  return end_guest(RB_POWER_OFF);
}

int reboot_main(int argc, char **argv) {
  (void)argc, (void)argv;
  return end_guest(RB_AUTOBOOT);
}

static nfds_t open_inputs(struct pollfd *waits) {
  glob_t found;
  nfds_t count = 0;
  if (glob("/dev/input/event*", 0, NULL, &found) != 0) return 0;
  for (size_t i = 0; i < found.gl_pathc && count < MAX_DEVICES; i++) {
    int fd = open(found.gl_pathv[i], O_RDONLY | O_CLOEXEC);
    if (fd >= 0) waits[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
  }
  globfree(&found);
  return count;
}

static int power_key_pressed(int fd) {
  struct input_event event;
  if (read(fd, &event, sizeof event) != sizeof event) return 0;
  return event.type == EV_KEY && event.code == KEY_POWER && event.value == 1;
}

int power_button_main(int argc, char **argv) {
  (void)argc, (void)argv;
  struct pollfd waits[MAX_DEVICES];
  nfds_t count = open_inputs(waits);
  if (count == 0) {
    fputs("power-button: no input device\n", stderr);
    return 1;
  }
  // Only now, since a key pressed before the devices were open would be lost.
  if (detach() < 0) return 1;
  for (;;) {
    if (poll(waits, count, -1) < 0 && errno != EINTR) return 1;
    for (nfds_t i = 0; i < count; i++) {
      if (waits[i].revents & (POLLERR | POLLHUP)) waits[i].fd = -1;  // Unplugged: `poll` skips it from now on.
      else if ((waits[i].revents & POLLIN) && power_key_pressed(waits[i].fd)) return end_guest(RB_POWER_OFF);
    }
  }
}
