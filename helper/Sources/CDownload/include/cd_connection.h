#ifndef CD_CONNECTION_H
#define CD_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

// One HTTP connection that fetches one range after the other and writes it to its place in a file.

/// NULL when libcurl is there, loading it at the first call; otherwise why it is not, for people.
const char *cd_curl_problem(void);

/// What the headers of an answer say. Texts are empty, numbers -1, where the server says nothing or nonsense.
struct cd_response {
  long status;
  int64_t content_length;
  /// Content-Range: first and last byte, and the length of the whole.
  int64_t range_first;
  int64_t range_last;
  int64_t range_total;
  /// Seconds that the server wants to be left alone.
  int64_t retry_after;
  /// Seconds since 1970.
  int64_t last_modified_time;
  char etag[256];
  char last_modified[64];
  char content_encoding[32];
  char content_type[64];
  /// SHA-256 of the whole file: 64 hexadecimal digits in lower case.
  char sha256[65];
};

/// What to do with the body of an answer.
enum cd_verdict {
  /// It is what was asked for.
  CD_STORE,
  /// It is the whole file from its first byte on, whatever was asked for.
  CD_STORE_WHOLE,
  /// Read it, as long as it is short, so that the connection can be used again.
  CD_DISCARD,
  CD_STOP,
};

/// Whose turn it is to write to a file that several connections fill.
typedef struct cd_turns cd_turns;

cd_turns *cd_turns_make(void);
void cd_turns_free(cd_turns *turns);

struct cd_request {
  /// http or https, without a fragment.
  const char *url;
  /// The first byte wanted, and the one after the last, -1 for all that follow. A negative `start` asks for the whole
  /// file, without a range, from 0 on.
  int64_t start;
  int64_t end;
  /// For the header If-Range; NULL for none.
  const char *if_range;
  /// The file that takes the body, each byte at its place.
  int descriptor;
  /// Where others write to the file too; else NULL.
  cd_turns *turns;
  long connect_seconds;
  long stall_seconds;
  void *context;
  /// Called when the headers of the final answer are in.
  enum cd_verdict (*on_response)(void *context, const struct cd_response *response);
  /// Called now and then with the bytes of the body that have been written so far.
  void (*on_bytes)(void *context, int64_t count);
};

/// How a request ended.
enum cd_end {
  /// The body is over, as far as the connection can tell.
  CD_DONE,
  /// `on_response` wanted no body to be stored, or the body went on beyond `end`.
  CD_ENOUGH,
  /// `cd_connection_stop` was called.
  CD_STOPPED,
  /// Writing to the file failed: `number` is errno.
  CD_WRITE_FAILED,
  /// The network failed: `number` is libcurl's code.
  CD_NETWORK_FAILED,
};

struct cd_outcome {
  enum cd_end end;
  int number;
  /// Bytes of the body that were written.
  int64_t count;
  /// The failure may be over when tried again.
  bool is_passing;
  /// libcurl gave up because nothing came any more, or because connecting took too long.
  bool is_timeout;
  /// What libcurl says about the failure.
  char message[256];
  /// Where a redirecting answer leads to, absolute; empty if nowhere.
  char redirect[4096];
};

typedef struct cd_connection cd_connection;

/// NULL when there is no memory or no libcurl.
cd_connection *cd_connection_make(const char *user_agent);
void cd_connection_free(cd_connection *connection);

/// Blocks until the request is over. The connection is kept open for the next one.
struct cd_outcome cd_connection_run(cd_connection *connection, const struct cd_request *request);

/// Ends the request that runs, and each one after it, at once. From any thread.
void cd_connection_stop(cd_connection *connection);

#endif
