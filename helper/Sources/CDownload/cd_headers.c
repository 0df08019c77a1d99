// For strcasestr and copy_file_range, before any header.
#define _GNU_SOURCE 1

#include "cd_headers.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cd_curl.h"

// The server's words are not to be trusted: what does not fit or is no number counts as not said.

void cd_headers_reset(struct cd_response *response) {
  memset(response, 0, sizeof *response);
  response->content_length = response->retry_after = response->last_modified_time = -1;
  response->range_first = response->range_last = response->range_total = -1;
}

/// A number without sign; `*text` is moved behind it.
static int64_t number(const char **text) {
  if (!isdigit((unsigned char)**text)) return -1;
  char *end;
  errno = 0;
  long long value = strtoll(*text, &end, 10);
  *text = end;
  return errno ? -1 : value;
}

static void copy(char *slot, size_t capacity, const char *value) {
  size_t length = strlen(value);
  if (length >= capacity) return;
  for (size_t i = 0; i < length; i++) {
    if (iscntrl((unsigned char)value[i])) return;
  }
  memcpy(slot, value, length + 1);
}

/// bytes 0-99/1000, bytes 0-99/* or bytes */1000
static void take_content_range(struct cd_response *response, const char *value) {
  if (strncasecmp(value, "bytes", 5) != 0) return;
  value += 5;
  while (*value == ' ' || *value == '=') value++;
  int64_t first = -1, last = -1;
  if (*value == '*') {
    value++;
  } else {
    first = number(&value);
    if (first < 0 || *value++ != '-') return;
    last = number(&value);
    if (last < first) return;
  }
  if (*value++ != '/') return;
  response->range_first = first;
  response->range_last = last;
  if (*value != '*') response->range_total = number(&value);
}

static void take_hex_digest(struct cd_response *response, const char *value) {
  if (strlen(value) != 64) return;
  for (int i = 0; i < 64; i++) {
    if (!isxdigit((unsigned char)value[i])) return;
  }
  for (int i = 0; i <= 64; i++) response->sha256[i] = (char)tolower((unsigned char)value[i]);
}

static int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// 32 bytes are 43 digits and a filler.
static void take_base64_digest(struct cd_response *response, const char *value) {
  static const char hex[] = "0123456789abcdef";
  char text[65] = {0};
  unsigned bits = 0;
  int held = 0, count = 0;
  for (int i = 0; i < 43; i++) {
    int digit = base64_digit(value[i]);
    if (digit < 0) return;
    bits = bits << 6 | (unsigned)digit;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    unsigned byte = bits >> held & 0xff;
    text[count++] = hex[byte >> 4];
    text[count++] = hex[byte & 15];
  }
  if (count == 64 && value[43] == '=') memcpy(response->sha256, text, sizeof text);
}

/// Digest (RFC 3230, sha-256=BASE64) and Repr-Digest (RFC 9530, sha-256=:BASE64:), both possibly among others.
static void take_digest(struct cd_response *response, const char *value) {
  const char *found = value;
  while ((found = strcasestr(found, "sha-256=")) != NULL) {
    bool is_name = found == value || found[-1] == ',' || found[-1] == ' ';
    found += 8;
    if (is_name) return take_base64_digest(response, *found == ':' ? found + 1 : found);
  }
}

static void take(struct cd_response *response, const char *name, const char *value) {
  const char *rest = value;
  if (strcasecmp(name, "content-length") == 0) {
    response->content_length = number(&rest);
  } else if (strcasecmp(name, "content-range") == 0) {
    take_content_range(response, value);
  } else if (strcasecmp(name, "etag") == 0) {
    copy(response->etag, sizeof response->etag, value);
  } else if (strcasecmp(name, "last-modified") == 0) {
    copy(response->last_modified, sizeof response->last_modified, value);
    response->last_modified_time = cd_curl()->getdate(value, NULL);
  } else if (strcasecmp(name, "content-encoding") == 0) {
    copy(response->content_encoding, sizeof response->content_encoding, value);
    if (!response->content_encoding[0]) strcpy(response->content_encoding, "unknown");
  } else if (strcasecmp(name, "content-type") == 0) {
    copy(response->content_type, sizeof response->content_type, value);
  } else if (strcasecmp(name, "retry-after") == 0) {
    response->retry_after = number(&rest);
  } else if (strcasecmp(name, "x-amz-meta-digest-sha256") == 0) {
    take_hex_digest(response, value);
  } else if (!response->sha256[0] && (strcasecmp(name, "digest") == 0 || strcasecmp(name, "repr-digest") == 0)) {
    take_digest(response, value);
  }
}

void cd_headers_take(struct cd_response *response, const char *line, size_t length) {
  char text[1024];
  while (length > 0 && isspace((unsigned char)line[length - 1])) length--;
  if (length >= sizeof text || memchr(line, 0, length)) return;
  memcpy(text, line, length);
  text[length] = 0;
  char *colon = strchr(text, ':');
  if (!colon) return;
  *colon++ = 0;
  while (*colon == ' ' || *colon == '\t') colon++;
  take(response, text, colon);
}
