// libxcrypt.
#ifndef L2TP_CCRYPT_SHIM_H
#define L2TP_CCRYPT_SHIM_H

#include <crypt.h>
#include <stddef.h>

// Glibc declares it for C only under _DEFAULT_SOURCE, which importers of a module cannot choose.
extern void explicit_bzero(void *bytes, size_t count);

#endif
