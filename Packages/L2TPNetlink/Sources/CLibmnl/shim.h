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

// L2TP and PPPoL2TP sockets, and /dev/ppp. Macros with expressions are not imported: the requests by name.
#include <linux/errqueue.h>
#include <linux/if_pppox.h>
#include <linux/ppp-ioctl.h>
#include <linux/sockios.h>
static inline int L2TP_IOCTL(int fd, unsigned long request, void *argument)
{
	return ioctl(fd, request, argument);
}
static const unsigned long L2TP_SIOCINQ = SIOCINQ;
static const unsigned long L2TP_PPPIOCGL2TPSTATS = PPPIOCGL2TPSTATS;
static const unsigned long L2TP_PPPIOCGCHAN = PPPIOCGCHAN;
static const unsigned long L2TP_PPPIOCATTCHAN = PPPIOCATTCHAN;
static const unsigned long L2TP_PPPIOCBRIDGECHAN = PPPIOCBRIDGECHAN;
static const unsigned long L2TP_PPPIOCUNBRIDGECHAN = PPPIOCUNBRIDGECHAN;
static const unsigned long L2TP_PPPIOCCONNECT = PPPIOCCONNECT;
static const unsigned long L2TP_PPPIOCDISCONN = PPPIOCDISCONN;
static const unsigned long L2TP_PPPIOCNEWUNIT = PPPIOCNEWUNIT;
static const unsigned long L2TP_PPPIOCSNPMODE = PPPIOCSNPMODE;

#endif
