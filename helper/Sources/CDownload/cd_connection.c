#include "cd_connection.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "cd_curl.h"
#include "cd_headers.h"

/// Bytes taken from the socket at once. More does not make it faster: it no longer fits the processor's cache.
static const long buffer_bytes = 256 << 10;

/// The longest body that is read only to keep the connection.
static const int64_t discarded_bytes = 64 << 10;

/// `on_bytes` is called after so many bytes, or when so much time has passed.
static const int64_t report_bytes = 1 << 20;
static const int64_t report_nanoseconds = 50 * 1000 * 1000;

/// Bytes that are written at once where connections take turns. File systems let one thread write to a file at a time,
/// and the others spin meanwhile: with one write for each piece that libcurl hands out, four connections are slower than
/// one.
static const size_t batch_bytes = 512 << 10;

struct cd_turns {
  pthread_mutex_t mutex;
};

struct cd_connection {
  const struct cd_curl *curl;
  CURLM *multi;
  CURL *easy;
  struct curl_slist *headers;
  char *user_agent;
  atomic_bool is_stopped;

  // Of the request that runs.
  const struct cd_request *request;
  struct cd_response response;
  enum cd_verdict verdict;
  int64_t discarded;
  bool has_enough;
  /// Where the body's first byte belongs, and where it has to end; -1 where it need not.
  int64_t first;
  int64_t limit;
  int write_error;
  /// Bytes written.
  int64_t count;
  char *batch;
  size_t batched;
  int64_t reported;
  int64_t reported_at;
  char message[CURL_ERROR_SIZE];
};

cd_turns *cd_turns_make(void) {
  cd_turns *turns = malloc(sizeof *turns);
  if (turns) pthread_mutex_init(&turns->mutex, NULL);
  return turns;
}

void cd_turns_free(cd_turns *turns) {
  pthread_mutex_destroy(&turns->mutex);
  free(turns);
}

cd_connection *cd_connection_make(const char *user_agent) {
  const struct cd_curl *curl = cd_curl();
  if (!curl) return NULL;
  cd_connection *connection = calloc(1, sizeof *connection);
  if (!connection) return NULL;
  connection->curl = curl;
  connection->multi = curl->multi_init();
  connection->easy = curl->easy_init();
  // Compressed bytes would be those of another file.
  connection->headers = curl->slist_append(NULL, "Accept-Encoding: identity");
  connection->user_agent = strdup(user_agent);
  if (connection->multi && connection->easy && connection->headers && connection->user_agent) return connection;
  cd_connection_free(connection);
  return NULL;
}

void cd_connection_free(cd_connection *connection) {
  if (connection->easy) connection->curl->easy_cleanup(connection->easy);
  if (connection->multi) connection->curl->multi_cleanup(connection->multi);
  connection->curl->slist_free_all(connection->headers);
  free(connection->user_agent);
  free(connection->batch);
  free(connection);
}

void cd_connection_stop(cd_connection *connection) {
  atomic_store(&connection->is_stopped, true);
  connection->curl->multi_wakeup(connection->multi);
}

static int64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool is_time_to_report(cd_connection *connection, int64_t count) {
  return count - connection->reported >= report_bytes || nanoseconds() - connection->reported_at >= report_nanoseconds;
}

static void report(cd_connection *connection) {
  connection->reported = connection->count;
  connection->reported_at = nanoseconds();
  connection->request->on_bytes(connection->request->context, connection->count);
}

/// Writes behind what is written already.
static bool put(cd_connection *connection, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = pwrite(connection->request->descriptor, bytes, length, connection->first + connection->count);
    if (written > 0) {
      bytes += written;
      length -= (size_t)written;
      connection->count += written;
    } else if (written == 0 || errno != EINTR) {
      connection->write_error = written == 0 ? EIO : errno;
      return false;
    }
  }
  return true;
}

static bool put_batch(cd_connection *connection) {
  if (connection->batched == 0) return true;
  pthread_mutex_lock(&connection->request->turns->mutex);
  bool is_done = put(connection, connection->batch, connection->batched);
  pthread_mutex_unlock(&connection->request->turns->mutex);
  connection->batched = 0;
  return is_done;
}

/// Writes, or keeps for the next turn.
static bool store(cd_connection *connection, const char *bytes, size_t length) {
  if (!connection->request->turns || length > batch_bytes) {
    if (!put_batch(connection) || !put(connection, bytes, length)) return false;
    if (is_time_to_report(connection, connection->count)) report(connection);
    return true;
  }
  if (connection->batched + length > batch_bytes && !put_batch(connection)) return false;
  memcpy(connection->batch + connection->batched, bytes, length);
  connection->batched += length;
  // A slow connection is not to keep what it has for long.
  if (is_time_to_report(connection, connection->count + (int64_t)connection->batched)) {
    if (!put_batch(connection)) return false;
    report(connection);
  }
  return true;
}

static size_t take_header(char *line, size_t size, size_t items, void *context) {
  cd_connection *connection = context;
  size_t length = size * items;
  if (length >= 5 && strncasecmp(line, "HTTP/", 5) == 0) {
    // Another answer begins, after one of a proxy or a 100.
    cd_headers_reset(&connection->response);
    return length;
  }
  if (length > 2 || (length > 0 && line[0] != '\r' && line[0] != '\n')) {
    cd_headers_take(&connection->response, line, length);
    return length;
  }
  long status = 0;
  connection->curl->easy_getinfo(connection->easy, CURLINFO_RESPONSE_CODE, &status);
  // Before: a proxy's consent to a tunnel, whose code libcurl keeps elsewhere.
  if (status < 200) return length;
  connection->response.status = status;
  const struct cd_request *request = connection->request;
  connection->verdict = request->on_response(request->context, &connection->response);
  if (connection->verdict == CD_STORE_WHOLE) {
    connection->first = 0;
    connection->limit = -1;
  }
  return length;
}

static bool is_accepted(const cd_connection *connection) {
  return connection->verdict == CD_STORE || connection->verdict == CD_STORE_WHOLE;
}

static size_t take_body(char *bytes, size_t size, size_t items, void *context) {
  cd_connection *connection = context;
  size_t length = size * items;
  if (atomic_load_explicit(&connection->is_stopped, memory_order_relaxed)) return 0;
  if (!is_accepted(connection)) {
    connection->discarded += (int64_t)length;
    if (connection->verdict == CD_DISCARD && connection->discarded <= discarded_bytes) return length;
    connection->has_enough = true;
    return 0;
  }
  int64_t place = connection->first + connection->count + (int64_t)connection->batched;
  size_t wanted = length;
  if (connection->limit >= 0 && place + (int64_t)length > connection->limit) {
    wanted = (size_t)(connection->limit - place);
    connection->has_enough = true;
  }
  return store(connection, bytes, wanted) && !connection->has_enough ? length : 0;
}

/// Only what a download may use, whatever libcurl was built with.
static void limit_protocols(cd_connection *connection) {
  const struct cd_curl *curl = connection->curl;
#if LIBCURL_VERSION_NUM >= 0x075500
  if (curl->easy_setopt(connection->easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK) return;
#endif
  // 181 is CURLOPT_PROTOCOLS, whose name newer headers call outdated; 1 and 2 are its http and https.
  curl->easy_setopt(connection->easy, (CURLoption)181, 3L);
}

static void set_certificates(cd_connection *connection) {
  // As the curl program does it, which libcurl leaves to its users.
  const char *file = getenv("CURL_CA_BUNDLE");
  if (!file || !*file) file = getenv("SSL_CERT_FILE");
  if (file && *file) connection->curl->easy_setopt(connection->easy, CURLOPT_CAINFO, file);
}

static void prepare(cd_connection *connection, const struct cd_request *request) {
  CURLcode (*set)(CURL *, CURLoption, ...) = connection->curl->easy_setopt;
  CURL *easy = connection->easy;
  connection->curl->easy_reset(easy);
  connection->request = request;
  connection->verdict = CD_STOP;
  connection->discarded = 0;
  connection->has_enough = false;
  connection->write_error = 0;
  connection->count = connection->reported = 0;
  connection->batched = 0;
  connection->first = request->start > 0 ? request->start : 0;
  connection->limit = request->end;
  connection->reported_at = nanoseconds();
  connection->message[0] = 0;
  cd_headers_reset(&connection->response);

  set(easy, CURLOPT_URL, request->url);
  limit_protocols(connection);
  set_certificates(connection);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  // One file is one stream: the multiplexing of HTTP/2 only costs.
  set(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  set(easy, CURLOPT_HTTPHEADER, connection->headers);
  set(easy, CURLOPT_USERAGENT, connection->user_agent);
  set(easy, CURLOPT_BUFFERSIZE, buffer_bytes);
  set(easy, CURLOPT_CONNECTTIMEOUT, request->connect_seconds);
  set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(easy, CURLOPT_LOW_SPEED_TIME, request->stall_seconds);
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy, CURLOPT_ERRORBUFFER, connection->message);
  set(easy, CURLOPT_HEADERFUNCTION, take_header);
  set(easy, CURLOPT_HEADERDATA, connection);
  set(easy, CURLOPT_WRITEFUNCTION, take_body);
  set(easy, CURLOPT_WRITEDATA, connection);
}

/// The list of headers of this request, to be freed after it.
static struct curl_slist *add_range(cd_connection *connection, const struct cd_request *request) {
  if (request->start < 0) return NULL;
  char range[64];
  if (request->end >= 0) {
    snprintf(range, sizeof range, "%lld-%lld", (long long)request->start, (long long)request->end - 1);
  } else {
    snprintf(range, sizeof range, "%lld-", (long long)request->start);
  }
  connection->curl->easy_setopt(connection->easy, CURLOPT_RANGE, range);
  if (!request->if_range) return NULL;
  char condition[320];
  snprintf(condition, sizeof condition, "If-Range: %s", request->if_range);
  struct curl_slist *headers = connection->curl->slist_append(NULL, condition);
  if (headers) headers = connection->curl->slist_append(headers, "Accept-Encoding: identity");
  if (headers) connection->curl->easy_setopt(connection->easy, CURLOPT_HTTPHEADER, headers);
  return headers;
}

/// The end of the transfer, or CURLE_ABORTED_BY_CALLBACK when it was stopped.
static CURLcode transfer(cd_connection *connection) {
  const struct cd_curl *curl = connection->curl;
  if (curl->multi_add_handle(connection->multi, connection->easy) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
  CURLcode result = CURLE_ABORTED_BY_CALLBACK;
  while (!atomic_load(&connection->is_stopped)) {
    int running = 0, left = 0;
    if (curl->multi_perform(connection->multi, &running) != CURLM_OK) {
      result = CURLE_RECV_ERROR;
      break;
    }
    CURLMsg *message = curl->multi_info_read(connection->multi, &left);
    if (message && message->msg == CURLMSG_DONE) {
      result = message->data.result;
      break;
    }
    // Wakes for the socket, for libcurl's own timers and for `cd_connection_stop`.
    if (running > 0) curl->multi_poll(connection->multi, NULL, 0, 60000, NULL);
  }
  return result;
}

static bool is_passing(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_PARTIAL_FILE:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_AGAIN:
      return true;
    default:
      return false;
  }
}

static struct cd_outcome outcome(cd_connection *connection, CURLcode code) {
  struct cd_outcome outcome = {.number = (int)code, .count = connection->count};
  if (connection->write_error) {
    outcome.end = CD_WRITE_FAILED;
    outcome.number = connection->write_error;
  } else if (connection->has_enough) {
    outcome.end = CD_ENOUGH;
  } else if (atomic_load(&connection->is_stopped)) {
    outcome.end = CD_STOPPED;
  } else if (code == CURLE_OK) {
    outcome.end = is_accepted(connection) ? CD_DONE : CD_ENOUGH;
  } else {
    outcome.end = CD_NETWORK_FAILED;
    outcome.is_passing = is_passing(code);
    outcome.is_timeout = code == CURLE_OPERATION_TIMEDOUT;
    const char *message = connection->message[0] ? connection->message : connection->curl->easy_strerror(code);
    snprintf(outcome.message, sizeof outcome.message, "%s", message);
  }
  const char *redirect = NULL;
  connection->curl->easy_getinfo(connection->easy, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect && strlen(redirect) < sizeof outcome.redirect) strcpy(outcome.redirect, redirect);
  return outcome;
}

struct cd_outcome cd_connection_run(cd_connection *connection, const struct cd_request *request) {
  if (request->turns && !connection->batch) {
    connection->batch = malloc(batch_bytes);
    if (!connection->batch) return (struct cd_outcome){.end = CD_WRITE_FAILED, .number = ENOMEM};
  }
  prepare(connection, request);
  struct curl_slist *headers = add_range(connection, request);
  CURLcode code = transfer(connection);
  // Also what came before a failure.
  if (!connection->write_error) put_batch(connection);
  struct cd_outcome result = outcome(connection, code);
  connection->curl->multi_remove_handle(connection->multi, connection->easy);
  connection->curl->slist_free_all(headers);
  return result;
}
