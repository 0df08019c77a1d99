#include "cd_sha256.h"

#include <stdlib.h>

static void write_hex(const unsigned char *bytes, char text[65]) {
  static const char digits[] = "0123456789abcdef";
  for (int i = 0; i < 32; i++) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  text[64] = 0;
}

#ifdef __APPLE__

#include <CommonCrypto/CommonDigest.h>

struct cd_sha256 {
  CC_SHA256_CTX context;
};

const char *cd_sha256_problem(void) { return NULL; }

cd_sha256 *cd_sha256_make(void) {
  cd_sha256 *hash = malloc(sizeof *hash);
  if (hash) CC_SHA256_Init(&hash->context);
  return hash;
}

bool cd_sha256_update(cd_sha256 *hash, const void *bytes, size_t count) {
  return CC_SHA256_Update(&hash->context, bytes, (CC_LONG)count) == 1;
}

bool cd_sha256_finish(cd_sha256 *hash, char text[65]) {
  unsigned char digest[32];
  if (CC_SHA256_Final(digest, &hash->context) != 1) return false;
  write_hex(digest, text);
  return true;
}

void cd_sha256_free(cd_sha256 *hash) { free(hash); }

#else

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

// These few functions have kept their shape since OpenSSL 1.1, so its headers are not needed.
static struct {
  void *(*make)(void);
  void (*free)(void *);
  const void *(*sha256)(void);
  int (*init)(void *, const void *, void *);
  int (*update)(void *, const void *, size_t);
  int (*finish)(void *, unsigned char *, unsigned int *);
} functions;

static char problem[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *reason = dlerror();
    snprintf(problem, sizeof problem, "libcrypto cannot be loaded (%s). Install it; on Debian: apt-get install libssl3",
             reason ? reason : "libcrypto.so.3");
    library = dlopen("libcrypto.so.1.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
  }
  problem[0] = 0;
  *(void **)&functions.make = dlsym(library, "EVP_MD_CTX_new");
  *(void **)&functions.free = dlsym(library, "EVP_MD_CTX_free");
  *(void **)&functions.sha256 = dlsym(library, "EVP_sha256");
  *(void **)&functions.init = dlsym(library, "EVP_DigestInit_ex");
  *(void **)&functions.update = dlsym(library, "EVP_DigestUpdate");
  *(void **)&functions.finish = dlsym(library, "EVP_DigestFinal_ex");
  if (!functions.make || !functions.free || !functions.sha256 || !functions.init || !functions.update ||
      !functions.finish) {
    snprintf(problem, sizeof problem, "libcrypto has not the functions that SHA-256 needs");
  }
}

struct cd_sha256 {
  void *context;
};

const char *cd_sha256_problem(void) {
  pthread_once(&once, load);
  return problem[0] ? problem : NULL;
}

cd_sha256 *cd_sha256_make(void) {
  if (cd_sha256_problem()) return NULL;
  cd_sha256 *hash = malloc(sizeof *hash);
  if (!hash) return NULL;
  hash->context = functions.make();
  if (hash->context && functions.init(hash->context, functions.sha256(), NULL) == 1) return hash;
  cd_sha256_free(hash);
  return NULL;
}

bool cd_sha256_update(cd_sha256 *hash, const void *bytes, size_t count) {
  return functions.update(hash->context, bytes, count) == 1;
}

bool cd_sha256_finish(cd_sha256 *hash, char text[65]) {
  unsigned char digest[32];
  if (functions.finish(hash->context, digest, NULL) != 1) return false;
  write_hex(digest, text);
  return true;
}

void cd_sha256_free(cd_sha256 *hash) {
  if (hash->context) functions.free(hash->context);
  free(hash);
}

#endif
