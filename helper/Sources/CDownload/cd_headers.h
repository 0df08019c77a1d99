#ifndef CD_HEADERS_H
#define CD_HEADERS_H

#include <stddef.h>

#include "cd_connection.h"

/// Forgets what an earlier answer said.
void cd_headers_reset(struct cd_response *response);

/// Takes one header line, not ended by NUL.
void cd_headers_take(struct cd_response *response, const char *line, size_t length);

#endif
