#include <stdio.h>
#include <string.h>

#include "tool.h"

static const struct {
  const char *name;
  int (*run)(int argc, char **argv);
} commands[] = {
    {"vsock", vsock_main},         {"power-button", power_button_main}, {"poweroff", power_off_main},
    {"reboot", reboot_main},       {"load-modules", load_modules_main}, {"port", port_main},
    {"screen", screen_main},       {"datagrams", datagrams_main},
};

int main(int argc, char **argv) {
  const char *slash = strrchr(argv[0], '/');
  const char *name = slash ? slash + 1 : argv[0];
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
    if (strcmp(name, commands[i].name) == 0) return commands[i].run(argc, argv);
  }
  fprintf(stderr, "%s: no such command; call this program under one of:", name);
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) fprintf(stderr, " %s", commands[i].name);
  fputc('\n', stderr);
  return 127;
}
