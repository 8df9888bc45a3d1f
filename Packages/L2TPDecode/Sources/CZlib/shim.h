// zlib.
#ifndef L2TP_CZLIB_SHIM_H
#define L2TP_CZLIB_SHIM_H

#include <zlib.h>

#endif
