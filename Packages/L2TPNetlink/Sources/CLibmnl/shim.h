// libmnl and the kernel headers that L2TP needs.
#ifndef L2TP_CLIBMNL_SHIM_H
#define L2TP_CLIBMNL_SHIM_H

// First: <linux/l2tp.h> includes <linux/in.h>, whose types clash with Glibc's unless Glibc's come first.
#include <netinet/in.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/l2tp.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

// Glibc declares these for C only under _GNU_SOURCE, which importers of a module cannot choose.
extern int setns(int fd, int nstype);
extern const char *strerrorname_np(int errnum);
#define L2TP_CLONE_NEWNET 0x40000000

// Not in Swift's Glibc module.
#include <sys/eventfd.h>
#include <sys/signalfd.h>

// Variadic functions are not imported: whether a file is a network namespace (ioctl_ns(2)).
#include <stdbool.h>
#include <sys/ioctl.h>
#include <linux/nsfs.h>
static inline bool L2TP_IS_NETWORK_NAMESPACE(int fd)
{
	return ioctl(fd, NS_GET_NSTYPE) == L2TP_CLONE_NEWNET;
}

#endif
