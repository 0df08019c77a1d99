// The guest's own multi-call program: each function is one command, reached by the name it is called under.
#ifndef VZKIT_GUEST_TOOL_H
#define VZKIT_GUEST_TOOL_H

#include <stddef.h>
#include <sys/types.h>

int vsock_main(int argc, char **argv);
int power_button_main(int argc, char **argv);
int power_off_main(int argc, char **argv);
int reboot_main(int argc, char **argv);
int load_modules_main(int argc, char **argv);
int port_main(int argc, char **argv);
int screen_main(int argc, char **argv);
int datagrams_main(int argc, char **argv);

// Copies both ways between the standard streams and `socket` until both directions ended, passing each
// end of file on as a half close. Returns the exit status.
int bridge(int socket);

// Starts `argv` with `stream` as its standard input, output and error. Returns the child's id, or -1.
pid_t start_with_stream(int stream, char **argv);

// Goes on in a child and ends this process: whoever started it then knows that it is ready.
// Returns 0 in the child, or -1.
int detach(void);

// Writes all of `size` bytes. Returns 0, or -1 with `errno` set.
int write_all(int fd, const void *bytes, size_t size);

#endif
