// The floor of the message benchmarks: answers every Content-Length framed JSON-RPC request on stdin with an empty
// result of the same id. It parses as little as a correct answer needs.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CAPACITY = 1 << 20 };
static char input[CAPACITY];
static char output[CAPACITY * 2];

static int write_all(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(1, bytes, count);
    if (written <= 0) return -1;
    bytes += written;
    count -= (size_t)written;
  }
  return 0;
}

// Copies the value of the top-level "id" member; the benchmark's clients send it as a plain number.
static size_t find_id(const char *body, size_t length, const char **id) {
  const char *found = memmem(body, length, "\"id\":", 5);
  if (!found) return 0;
  const char *end = body + length, *start = found + 5, *at = start;
  while (at < end && *at != ',' && *at != '}') at++;
  *id = start;
  return (size_t)(at - start);
}

int main(void) {
  size_t have = 0;
  for (;;) {
    ssize_t got = read(0, input + have, CAPACITY - have);
    if (got <= 0) return 0;
    have += (size_t)got;
    size_t at = 0, out = 0;
    for (;;) {
      const char *header_end = memmem(input + at, have - at, "\r\n\r\n", 4);
      if (!header_end) break;
      size_t length = strtoul(input + at + strlen("Content-Length: "), NULL, 10);
      const char *body = header_end + 4;
      if ((size_t)(input + have - body) < length) break;
      const char *id = NULL;
      size_t id_length = find_id(body, length, &id);
      if (id_length) {
        int total = 35 + (int)id_length;
        out += (size_t)sprintf(output + out, "Content-Length: %d\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"result\":{}}", total,
                               (int)id_length, id);
      }
      at = (size_t)(body + length - input);
    }
    memmove(input, input + at, have - at);
    have -= at;
    if (out && write_all(output, out)) return 1;
  }
}
