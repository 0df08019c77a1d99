#include "cd_curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#include "cd_connection.h"

// Loaded by hand: a helper that downloads nothing should not pay for libcurl and its thirty libraries at each start.

static struct cd_curl functions;
static char problem[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

#ifdef __APPLE__
static const char *const names[] = {"/usr/lib/libcurl.4.dylib", "libcurl.4.dylib"};
#else
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif

static void *open_library(void) {
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (library) return library;
    // The first name is the one to complain about.
    if (i == 0) {
      const char *reason = dlerror();
      snprintf(problem, sizeof problem, "libcurl cannot be loaded (%s). Install it; on Debian: apt-get install libcurl4",
               reason ? reason : names[0]);
    }
  }
  return NULL;
}

static void load(void) {
  void *library = open_library();
  if (!library) return;
  const struct {
    const char *name;
    void *slot;
  } wanted[] = {
      {"curl_global_init", &functions.global_init},
      {"curl_easy_init", &functions.easy_init},
      {"curl_easy_cleanup", &functions.easy_cleanup},
      {"curl_easy_reset", &functions.easy_reset},
      {"curl_easy_setopt", &functions.easy_setopt},
      {"curl_easy_getinfo", &functions.easy_getinfo},
      {"curl_easy_strerror", &functions.easy_strerror},
      {"curl_multi_init", &functions.multi_init},
      {"curl_multi_cleanup", &functions.multi_cleanup},
      {"curl_multi_add_handle", &functions.multi_add_handle},
      {"curl_multi_remove_handle", &functions.multi_remove_handle},
      {"curl_multi_perform", &functions.multi_perform},
      {"curl_multi_poll", &functions.multi_poll},
      {"curl_multi_wakeup", &functions.multi_wakeup},
      {"curl_multi_info_read", &functions.multi_info_read},
      {"curl_slist_append", &functions.slist_append},
      {"curl_slist_free_all", &functions.slist_free_all},
      {"curl_getdate", &functions.getdate},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    void *symbol = dlsym(library, wanted[i].name);
    if (!symbol) {
      snprintf(problem, sizeof problem, "libcurl is too old: it has no %s; 7.68 or newer is needed", wanted[i].name);
      return;
    }
    *(void **)wanted[i].slot = symbol;
  }
  if (functions.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    snprintf(problem, sizeof problem, "libcurl cannot be initialized");
    return;
  }
  problem[0] = 0;
}

const char *cd_curl_problem(void) {
  pthread_once(&once, load);
  return problem[0] ? problem : NULL;
}

const struct cd_curl *cd_curl(void) { return cd_curl_problem() ? NULL : &functions; }
