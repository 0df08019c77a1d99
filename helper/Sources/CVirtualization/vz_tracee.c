#define _GNU_SOURCE
#include "vz_tracee.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __x86_64__

enum { MAXIMUM_THREADS = 256, SYSCALL_STOP = SIGTRAP | 0x80, SYSCALL_SIZE = 2, SYSCALL_BYTES = 0x050f };
/// A thread that works on a slow disk stops only when the disk has answered.
enum { PATIENCE_MS = 10000 };
/// Below the stack pointer: the part that compiled code may use without saying so, and room for a message.
enum { BELOW_STACK = 1024 };

struct vz_tracee {
  pid_t pid;
  pid_t threads[MAXIMUM_THREADS];
  int signals[MAXIMUM_THREADS];
  size_t count;
  /// The thread that makes the calls, and its registers before.
  size_t caller;
  struct user_regs_struct registers;
};

/// Waits for a stop and returns its code, or -1 with errno. An end of the process is left for who waits for that.
static int wait_for_stop(const struct vz_tracee *tracee, pid_t thread) {
  int keep = thread == tracee->pid ? WNOWAIT : 0;
  for (int waited = 0; waited < PATIENCE_MS * 5; waited++) {
    siginfo_t info;
    info.si_pid = 0;
    if (waitid(P_PID, (id_t)thread, &info, WSTOPPED | WEXITED | WNOHANG | __WALL | keep) != 0) return -1;
    if (info.si_pid != 0 && info.si_code == CLD_TRAPPED) return info.si_status;
    if (info.si_pid != 0) {
      errno = ESRCH;
      return -1;
    }
    // There is no wait with a limit for the stops of a thread.
    nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
  }
  errno = ETIMEDOUT;
  return -1;
}

static bool is_known(const struct vz_tracee *tracee, pid_t thread) {
  for (size_t i = 0; i < tracee->count; i++) {
    if (tracee->threads[i] == thread) return true;
  }
  return false;
}

/// Stops one thread. A thread that has ended meanwhile is no error.
static int stop_thread(struct vz_tracee *tracee, pid_t thread) {
  if (tracee->count == MAXIMUM_THREADS) return E2BIG;
  if (ptrace(PTRACE_SEIZE, thread, NULL, (void *)PTRACE_O_TRACESYSGOOD) != 0) {
    return errno == ESRCH && thread != tracee->pid ? 0 : errno;
  }
  if (ptrace(PTRACE_INTERRUPT, thread, NULL, NULL) != 0) return errno == ESRCH && thread != tracee->pid ? 0 : errno;
  int status = wait_for_stop(tracee, thread);
  if (status < 0) return errno == ESRCH && thread != tracee->pid ? 0 : errno;
  // A signal on its way came first; the thread gets it when it goes on.
  tracee->signals[tracee->count] = status >> 8 == 0 ? status : 0;
  tracee->threads[tracee->count++] = thread;
  return 0;
}

/// One look at the list of threads; `*found` counts the new ones.
static int stop_listed(struct vz_tracee *tracee, int *found) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", (int)tracee->pid);
  DIR *folder = opendir(path);
  if (folder == NULL) return errno;
  int error = 0;
  for (struct dirent *entry; error == 0 && (entry = readdir(folder)) != NULL;) {
    pid_t thread = (pid_t)atoi(entry->d_name);
    if (thread <= 0 || is_known(tracee, thread)) continue;
    size_t before = tracee->count;
    error = stop_thread(tracee, thread);
    if (tracee->count > before) (*found)++;
  }
  closedir(folder);
  return error;
}

/// Chooses a thread that waits in a system call: the instruction that called can be used again.
static int choose_caller(struct vz_tracee *tracee) {
  for (size_t i = 0; i < tracee->count; i++) {
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, tracee->threads[i], NULL, &registers) != 0) continue;
    errno = 0;
    long code = ptrace(PTRACE_PEEKTEXT, tracee->threads[i], (void *)(registers.rip - SYSCALL_SIZE), NULL);
    if (errno != 0 || (code & 0xffff) != SYSCALL_BYTES) continue;
    tracee->caller = i;
    tracee->registers = registers;
    return 0;
  }
  return EAGAIN;
}

int vz_tracee_stop(pid_t pid, struct vz_tracee **result) {
  struct vz_tracee *tracee = calloc(1, sizeof *tracee);
  if (tracee == NULL) return ENOMEM;
  tracee->pid = pid;
  int error = 0, found = 1;
  // A thread not yet stopped can start another.
  while (error == 0 && found > 0) {
    found = 0;
    error = stop_listed(tracee, &found);
  }
  if (error == 0) error = choose_caller(tracee);
  if (error != 0) {
    vz_tracee_resume(tracee);
    return error;
  }
  *result = tracee;
  return 0;
}

void vz_tracee_resume(struct vz_tracee *tracee) {
  if (tracee == NULL) return;
  for (size_t i = 0; i < tracee->count; i++) {
    ptrace(PTRACE_DETACH, tracee->threads[i], NULL, (void *)(long)tracee->signals[i]);
  }
  free(tracee);
}

/// What the kernel would do by itself when it lets an interrupted call go on, had we not called in between.
static struct user_regs_struct continued(struct user_regs_struct registers) {
  enum { RESTART_FIRST = 512, RESTART_LAST = 514, RESTART_WITH_STATE = 516 };
  long outcome = (long)registers.rax;
  if ((long)registers.orig_rax >= 0) {
    if (outcome <= -RESTART_FIRST && outcome >= -RESTART_LAST) {
      registers.rax = registers.orig_rax;
      registers.rip -= SYSCALL_SIZE;
    } else if (outcome == -RESTART_WITH_STATE) {
      registers.rax = (unsigned long)-EINTR;
    }
  }
  registers.orig_rax = (unsigned long)-1;
  return registers;
}

/// Goes on to the next begin or end of a system call. Signals are kept for later.
static int step(struct vz_tracee *tracee) {
  pid_t thread = tracee->threads[tracee->caller];
  while (true) {
    if (ptrace(PTRACE_SYSCALL, thread, NULL, NULL) != 0) return -1;
    int status = wait_for_stop(tracee, thread);
    if (status < 0) return -1;
    if (status == SYSCALL_STOP) return 0;
    if (status >> 8 == 0 && tracee->signals[tracee->caller] == 0) tracee->signals[tracee->caller] = status;
  }
}

/// Makes the process call the system, and returns what it would: -1 with errno, or the outcome.
static long call(struct vz_tracee *tracee, long number, unsigned long first, unsigned long second, unsigned long third) {
  pid_t thread = tracee->threads[tracee->caller];
  struct user_regs_struct registers = tracee->registers;
  registers.rax = (unsigned long)number;
  registers.orig_rax = (unsigned long)-1;
  registers.rip = tracee->registers.rip - SYSCALL_SIZE;
  registers.rdi = first;
  registers.rsi = second;
  registers.rdx = third;
  if (ptrace(PTRACE_SETREGS, thread, NULL, &registers) != 0) return -1;
  if (step(tracee) != 0 || step(tracee) != 0) return -1;
  if (ptrace(PTRACE_GETREGS, thread, NULL, &registers) != 0) return -1;
  struct user_regs_struct before = continued(tracee->registers);
  if (ptrace(PTRACE_SETREGS, thread, NULL, &before) != 0) return -1;
  long outcome = (long)registers.rax;
  if (outcome < 0 && outcome > -4096) {
    errno = (int)-outcome;
    return -1;
  }
  return outcome;
}

/// A message as it lies in the process's memory.
struct letter {
  struct msghdr header;
  struct iovec part;
  _Alignas(8) char control[CMSG_SPACE(sizeof(int))];
  _Alignas(8) char byte[8];
};

static int put(const struct vz_tracee *tracee, unsigned long address, const void *bytes, size_t size) {
  for (size_t at = 0; at < size; at += sizeof(long)) {
    long word;
    memcpy(&word, (const char *)bytes + at, sizeof word);
    if (ptrace(PTRACE_POKEDATA, tracee->threads[tracee->caller], (void *)(address + at), (void *)word) != 0) return -1;
  }
  return 0;
}

static int get(const struct vz_tracee *tracee, unsigned long address, void *bytes, size_t size) {
  for (size_t at = 0; at < size; at += sizeof(long)) {
    errno = 0;
    long word = ptrace(PTRACE_PEEKDATA, tracee->threads[tracee->caller], (void *)(address + at), NULL);
    if (errno != 0) return -1;
    memcpy((char *)bytes + at, &word, sizeof word);
  }
  return 0;
}

int vz_tracee_receive(struct vz_tracee *tracee, int socket) {
  unsigned long address = (tracee->registers.rsp - BELOW_STACK) & ~15UL;
  struct letter letter = {.part = {(char *)address + offsetof(struct letter, byte), 1}};
  letter.header.msg_iov = (struct iovec *)(address + offsetof(struct letter, part));
  letter.header.msg_iovlen = 1;
  letter.header.msg_control = (char *)address + offsetof(struct letter, control);
  letter.header.msg_controllen = sizeof letter.control;
  _Static_assert(sizeof letter % sizeof(long) == 0 && sizeof letter < BELOW_STACK - 256, "fits in words, and there");
  if (put(tracee, address, &letter, sizeof letter) != 0) return -1;
  long count = call(tracee, SYS_recvmsg, (unsigned long)socket, address, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (count < 0 || get(tracee, address, &letter, sizeof letter) != 0) return -1;
  const struct cmsghdr *header = (const struct cmsghdr *)letter.control;
  if (letter.header.msg_controllen < CMSG_LEN(sizeof(int)) || header->cmsg_type != SCM_RIGHTS) {
    errno = EBADMSG;
    return -1;
  }
  int descriptor;
  memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
  return descriptor;
}

int vz_tracee_replace(struct vz_tracee *tracee, int source, int target) {
  // Not dup3, which the process may have forbidden itself. Nobody else in there runs between the two.
  if (call(tracee, SYS_close, (unsigned long)target, 0, 0) != 0) return -1;
  long copy = call(tracee, SYS_fcntl, (unsigned long)source, F_DUPFD_CLOEXEC, (unsigned long)target);
  if (copy < 0) return -1;
  if (copy == target) return 0;
  errno = EBADF;
  return -1;
}

int vz_tracee_close(struct vz_tracee *tracee, int descriptor) {
  return (int)call(tracee, SYS_close, (unsigned long)descriptor, 0, 0);
}

#else

int vz_tracee_stop(pid_t pid, struct vz_tracee **tracee) {
  (void)pid;
  (void)tracee;
  return ENOSYS;
}

void vz_tracee_resume(struct vz_tracee *tracee) { (void)tracee; }

int vz_tracee_receive(struct vz_tracee *tracee, int socket) {
  (void)tracee;
  (void)socket;
  errno = ENOSYS;
  return -1;
}

int vz_tracee_replace(struct vz_tracee *tracee, int source, int target) {
  (void)tracee;
  (void)source;
  (void)target;
  errno = ENOSYS;
  return -1;
}

int vz_tracee_close(struct vz_tracee *tracee, int descriptor) {
  (void)tracee;
  (void)descriptor;
  errno = ENOSYS;
  return -1;
}

#endif
