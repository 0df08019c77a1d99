#define _GNU_SOURCE
#include "vz_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vz_stage.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

enum { STACK_SIZE = 64 * 1024, MAXIMUM_DESCRIPTORS = 512 };

struct plan {
  const struct vz_spawn_options *options;
  int report;
  pid_t parent;
  sigset_t mask;
  int copies[MAXIMUM_DESCRIPTORS];
};

/// The child may share the parent's memory, so from here to exec only plain system calls are made: no allocation, no
/// locks, no stdio.
static void fail(int report, enum vz_spawn_step step, int detail, int error) {
  struct vz_failure failure = {.step = step, .error = error, .detail = detail};
  ssize_t ignored = write(report, &failure, sizeof failure);
  (void)ignored;
  _exit(127);
}

static void restore_signals(void) {
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; signal++) {
    if (signal != SIGKILL && signal != SIGSTOP) sigaction(signal, &standard, NULL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/// Moves every wanted descriptor out of the way first, so that no target overwrites a source still needed.
static int place_descriptors(struct plan *plan) {
  int count = (int)plan->options->fd_count;
  int moved = fcntl(plan->report, F_DUPFD_CLOEXEC, count);
  if (moved < 0) return -1;
  plan->report = moved;
  for (int i = 0; i < count; i++) {
    int source = plan->options->fds[i];
    int copy = source < 0 ? open("/dev/null", O_RDWR | O_CLOEXEC) : source;
    if (copy >= 0 && copy < count) copy = fcntl(copy, F_DUPFD_CLOEXEC, count);
    if (copy < 0) return -1;
    plan->copies[i] = copy;
  }
  for (int i = 0; i < count; i++) {
    if (dup2(plan->copies[i], i) < 0) return -1;
  }
  // Marked instead of closed: the report must live until exec has succeeded.
  return (int)syscall(SYS_close_range, (unsigned)count, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */);
}

static int child_main(void *argument) {
  struct plan *plan = argument;
  const struct vz_spawn_options *options = plan->options;
  restore_signals();
  // Its own session: a Ctrl-C in the terminal is for the program that owns the machine, not for the hypervisor.
  setsid();
  if (place_descriptors(plan) != 0) fail(plan->report, VZ_SPAWN_DESCRIPTORS, -1, errno);
  if (options->stage != NULL) {
    struct vz_failure failure;
    if (vz_stage_enter(options->stage, options->binds, options->bind_count, &failure) != 0) {
      fail(plan->report, failure.step, failure.detail, failure.error);
    }
  }
  // After the namespaces, since a change of credentials clears the setting.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail(plan->report, VZ_SPAWN_PARENT_DEATH, -1, errno);
  if (getppid() != plan->parent) _exit(127);
  execve(options->path, options->argv, options->envp);
  fail(plan->report, VZ_SPAWN_EXEC, -1, errno);
  return 127;
}

static int start(struct plan *plan, struct vz_child *child) {
  void *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return -1;
  // Sharing memory until exec makes the start independent of the parent's size; a new user namespace forbids it.
  int sharing = plan->options->stage == NULL ? CLONE_VM | CLONE_VFORK : 0;
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &plan->mask);
  // Set here, since a child that shares this process's memory would set it for both; it lasts beyond exec.
  if (plan->options->small_pages) prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
  int pidfd = -1;
  pid_t pid = clone(child_main, (char *)stack + STACK_SIZE, sharing | CLONE_PIDFD | SIGCHLD, plan, &pidfd);
  int error = errno;
  if (plan->options->small_pages) prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
  pthread_sigmask(SIG_SETMASK, &plan->mask, NULL);
  munmap(stack, STACK_SIZE);
  errno = error;
  if (pid < 0) return -1;
  child->pid = pid;
  child->pidfd = pidfd;
  return 0;
}

int vz_spawn(const struct vz_spawn_options *options, struct vz_child *child, enum vz_spawn_step *step, int *detail) {
  *step = VZ_SPAWN_CLONE;
  *detail = -1;
  if (options->fd_count > MAXIMUM_DESCRIPTORS) return E2BIG;
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  struct plan *plan = calloc(1, sizeof *plan);
  if (plan == NULL) {
    close(report[0]);
    close(report[1]);
    return ENOMEM;
  }
  plan->options = options;
  plan->report = report[1];
  plan->parent = getpid();
  int error = start(plan, child) == 0 ? 0 : errno;
  close(report[1]);
  if (error == 0) {
    struct vz_failure failure;
    ssize_t got;
    do {
      got = read(report[0], &failure, sizeof failure);
    } while (got < 0 && errno == EINTR);
    if (got == (ssize_t)sizeof failure) {
      error = failure.error;
      *step = failure.step;
      *detail = failure.detail;
      siginfo_t info;
      waitid(P_PIDFD, (id_t)child->pidfd, &info, WEXITED);
      close(child->pidfd);
    } else {
      *step = VZ_SPAWN_NONE;
    }
  }
  close(report[0]);
  free(plan);
  return error;
}

const char *vz_spawn_step_name(enum vz_spawn_step step) {
  switch (step) {
    case VZ_SPAWN_NONE: return "start";
    case VZ_SPAWN_CLONE: return "create a process";
    case VZ_SPAWN_PARENT_DEATH: return "tie the process to its parent";
    case VZ_SPAWN_DESCRIPTORS: return "hand over the descriptors";
    case VZ_SPAWN_NAMESPACE: return "create a mount namespace";
    case VZ_SPAWN_USER_MAP: return "map the user into a namespace";
    case VZ_SPAWN_STAGE: return "prepare the folder that holds the shares";
    case VZ_SPAWN_BIND: return "share the folder";
    case VZ_SPAWN_READ_ONLY: return "make the shared folder read-only";
    case VZ_SPAWN_EXEC: return "execute the program";
  }
  return "start";
}

int vz_reap(int pidfd, bool *signaled, int *code) {
  siginfo_t info;
  info.si_pid = 0;
  if (waitid(P_PIDFD, (id_t)pidfd, &info, WEXITED | WNOHANG) != 0) return -1;
  if (info.si_pid == 0) return 0;
  *signaled = info.si_code != CLD_EXITED;
  *code = info.si_status;
  return 1;
}

int vz_signal(int pidfd, int signal) { return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0); }

struct restage {
  int pidfd;
  int report;
  const char *stage;
  const struct vz_bind *binds;
  size_t bind_count;
  /// Where the roots go when the whole view is exchanged, else -1.
  int channel;
};

static int restage_main(void *argument) {
  struct restage *work = argument;
  struct vz_failure failure;
  int outcome = work->channel < 0
                    ? vz_stage_replace(work->pidfd, work->stage, work->binds, work->bind_count, &failure)
                    : vz_stage_exchange(work->pidfd, work->stage, work->binds, work->bind_count, work->channel, &failure);
  if (outcome == 0) _exit(0);
  fail(work->report, failure.step, failure.detail, failure.error);
  return 127;
}

static int restage(struct restage *work, int *detail) {
  *detail = -1;
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  work->report = report[1];
  void *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  pid_t child = stack == MAP_FAILED ? -1 : clone(restage_main, (char *)stack + STACK_SIZE, SIGCHLD, work);
  int error = child < 0 ? errno : 0;
  close(report[1]);
  if (child > 0) {
    struct vz_failure failure;
    if (read(report[0], &failure, sizeof failure) == (ssize_t)sizeof failure) {
      error = failure.error;
      *detail = failure.detail;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    // It ended without a word.
    if (error == 0 && status != 0) error = ECHILD;
  }
  close(report[0]);
  if (stack != MAP_FAILED) munmap(stack, STACK_SIZE);
  return error;
}

int vz_restage(int pidfd, const char *stage, const struct vz_bind *binds, size_t bind_count, int *detail) {
  struct restage work = {pidfd, -1, stage, binds, bind_count, -1};
  return restage(&work, detail);
}

int vz_exchange_view(const struct vz_exchange_options *options, int *detail) {
  struct restage work = {options->pidfd, -1, options->stage, options->binds, options->bind_count, options->channel};
  return restage(&work, detail);
}
