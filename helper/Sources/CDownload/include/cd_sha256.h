#ifndef CD_SHA256_H
#define CD_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// SHA-256 by the system's fastest code: CommonCrypto on macOS, OpenSSL's libcrypto elsewhere, loaded when first needed.

typedef struct cd_sha256 cd_sha256;

/// NULL when it can be computed; otherwise why not, for people.
const char *cd_sha256_problem(void);

/// NULL when there is no memory or no library.
cd_sha256 *cd_sha256_make(void);
bool cd_sha256_update(cd_sha256 *hash, const void *bytes, size_t count);
/// Writes 64 hexadecimal digits and a NUL.
bool cd_sha256_finish(cd_sha256 *hash, char text[65]);
void cd_sha256_free(cd_sha256 *hash);

#endif
