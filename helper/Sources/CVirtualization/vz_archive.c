#include "vz_archive.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vz_zlib.h"

static uint32_t tables[8][256];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void make_tables(void) {
  for (uint32_t value = 0; value < 256; value++) {
    uint32_t sum = value;
    for (int bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ (0xedb88320u & (0u - (sum & 1)));
    tables[0][value] = sum;
  }
  for (int slice = 1; slice < 8; slice++) {
    for (uint32_t value = 0; value < 256; value++) {
      uint32_t before = tables[slice - 1][value];
      tables[slice][value] = (before >> 8) ^ tables[0][before & 0xff];
    }
  }
}

/// Eight bytes a step: payloads have gigabytes.
uint32_t vz_crc32(uint32_t crc, const void *start, size_t count) {
  pthread_once(&tables_once, make_tables);
  const unsigned char *bytes = start;
  uint32_t sum = ~crc;
  for (; count >= 8; bytes += 8, count -= 8) {
    uint32_t low = sum ^ (bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24);
    sum = tables[7][low & 0xff] ^ tables[6][(low >> 8) & 0xff] ^ tables[5][(low >> 16) & 0xff] ^ tables[4][low >> 24] ^
          tables[3][bytes[4]] ^ tables[2][bytes[5]] ^ tables[1][bytes[6]] ^ tables[0][bytes[7]];
  }
  while (count-- > 0) sum = (sum >> 8) ^ tables[0][(sum ^ *bytes++) & 0xff];
  return ~sum;
}

long vz_inflate(const void *input, size_t input_size, void *output, size_t output_size, const char **reason) {
  enum { RAW_WINDOW = -15 };
  if (input_size < UINT_MAX && output_size < UINT_MAX) {
    return vz_zlib_inflate(RAW_WINDOW, input, input_size, output, output_size, reason);
  }
  *reason = "it is too large";
  return -1;
}

struct sink {
  char *bytes;
  size_t count, room, limit;
};

static size_t take(const char *bytes, size_t unit, size_t units, void *context) {
  struct sink *sink = context;
  size_t count = unit * units;
  if (count > sink->limit - sink->count) return 0;
  if (count > sink->room - sink->count) {
    size_t room = (sink->count + count) * 2;
    char *grown = realloc(sink->bytes, room);
    if (grown == NULL) return 0;
    sink->bytes = grown;
    sink->room = room;
  }
  memcpy(sink->bytes + sink->count, bytes, count);
  sink->count += count;
  return count;
}

/// Numbers of libcurl's stable binary interface.
enum {
  CURL_WRITE_FUNCTION = 20011,
  CURL_WRITE_DATA = 10001,
  CURL_URL = 10002,
  CURL_ERROR_BUFFER = 10010,
  CURL_TIMEOUT = 13,
  CURL_CONNECT_TIMEOUT = 78,
  CURL_FAIL_ON_ERROR = 45,
  CURL_FOLLOW = 52,
  CURL_MAXIMUM_REDIRECTIONS = 68,
  CURL_NO_SIGNAL = 99,
  CURL_PROTOCOLS = 181,
  CURL_REDIRECT_PROTOCOLS = 182,
  PROTOCOL_HTTP = 1,
  PROTOCOL_HTTPS = 2,
  PROTOCOL_FILE = 1 << 10,
};

void *vz_fetch(const char *url, size_t limit, long seconds, size_t *size, char *reason) {
  typedef void *begin(void);
  typedef int set(void *, int, ...);
  typedef int perform(void *);
  typedef void end(void *);
  typedef const char *words(int);
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  begin *curl_begin = library ? (begin *)dlsym(library, "curl_easy_init") : NULL;
  set *curl_set = library ? (set *)dlsym(library, "curl_easy_setopt") : NULL;
  perform *curl_perform = library ? (perform *)dlsym(library, "curl_easy_perform") : NULL;
  end *curl_end = library ? (end *)dlsym(library, "curl_easy_cleanup") : NULL;
  words *curl_words = library ? (words *)dlsym(library, "curl_easy_strerror") : NULL;
  void *handle = curl_begin && curl_set && curl_perform && curl_end && curl_words ? curl_begin() : NULL;
  if (handle == NULL) {
    snprintf(reason, 256, "libcurl is not installed (libcurl4)");
    return NULL;
  }
  struct sink sink = {.limit = limit};
  char details[256] = "";
  curl_set(handle, CURL_URL, url);
  curl_set(handle, CURL_WRITE_FUNCTION, take);
  curl_set(handle, CURL_WRITE_DATA, &sink);
  curl_set(handle, CURL_ERROR_BUFFER, details);
  curl_set(handle, CURL_TIMEOUT, seconds);
  curl_set(handle, CURL_CONNECT_TIMEOUT, seconds);
  curl_set(handle, CURL_FAIL_ON_ERROR, 1L);
  curl_set(handle, CURL_FOLLOW, 1L);
  curl_set(handle, CURL_MAXIMUM_REDIRECTIONS, 8L);
  curl_set(handle, CURL_NO_SIGNAL, 1L);
  curl_set(handle, CURL_PROTOCOLS, (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS | PROTOCOL_FILE));
  // A server must not lead to files of this host.
  curl_set(handle, CURL_REDIRECT_PROTOCOLS, (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS));
  int result = curl_perform(handle);
  curl_end(handle);
  if (result == 0) {
    *size = sink.count;
    return sink.bytes != NULL ? sink.bytes : malloc(1);
  }
  free(sink.bytes);
  snprintf(reason, 256, "%s", details[0] ? details : curl_words(result));
  return NULL;
}
