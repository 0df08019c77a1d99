#include "CVirtualization.h"
