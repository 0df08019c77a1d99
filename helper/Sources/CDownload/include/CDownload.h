#ifndef CDOWNLOAD_H
#define CDOWNLOAD_H

// flock(2) is not part of what Foundation hands on everywhere.
#include <sys/file.h>

#include "cd_connection.h"
#include "cd_file.h"
#include "cd_sha256.h"

#endif
