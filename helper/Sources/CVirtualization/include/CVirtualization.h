#ifndef CVIRTUALIZATION_H
#define CVIRTUALIZATION_H

#include "vz_vsock.h"

#endif
