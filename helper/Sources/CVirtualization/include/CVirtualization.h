#ifndef CVIRTUALIZATION_H
#define CVIRTUALIZATION_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>

#include "vz_archive.h"
#include "vz_copy.h"
#include "vz_decompress.h"
#include "vz_deflate.h"
#include "vz_kvm.h"
#include "vz_memory_file.h"
#include "vz_socket.h"
#include "vz_spawn.h"
#include "vz_vsock.h"

#endif
