// The kernel's headers for packet sockets (packet(7)) and their filters.
#ifndef L2TP_CPACKETSOCKET_SHIM_H
#define L2TP_CPACKETSOCKET_SHIM_H

// First: the kernel's headers would otherwise declare some of Glibc's types again.
#include <sys/socket.h>
#include <net/if.h>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

// Glibc declares it for C only under _GNU_SOURCE, which importers of a module cannot choose.
extern const char *strerrorname_np(int errnum);

#endif
