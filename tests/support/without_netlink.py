"""A script that runs PROGRAM ARGUMENT… such that it learns nothing of changes of the network.

Linux announces a new network address, such as that of a container, on sockets of its own kind
(rtnetlink(7)). Chromium then aborts the requests that wait for a connection, also those to this
machine (ERR_NETWORK_CHANGED), and has no switch against that. Where it cannot open such a socket,
it takes the network for one that never changes. A system call filter (seccomp(2)) refuses it, and
needs no privilege. A kernel that has none runs the program as it is.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

# The number of socket(2).
SOCKET = {"x86_64": 41, "aarch64": 198}
AF_NETLINK, NETLINK_ROUTE = 16, 0
# From linux/prctl.h, linux/seccomp.h and linux/bpf_common.h.
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, SKIP_UNLESS_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, FAIL = 0x7FFF0000, 0x00050000 | errno.EPERM
# Where struct seccomp_data holds the number of the call, its first argument and its third.
NUMBER, FAMILY, PROTOCOL = 0, 16, 32


class Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_netlink(socket_number: int) -> None:
    """Let no program that runs in this process, or is started by it, open a routing socket."""
    instructions = b"".join(
        struct.pack("HBBI", code, 0, skipped, value)
        for code, skipped, value in [
            (LOAD, 0, NUMBER),
            (SKIP_UNLESS_EQUAL, 5, socket_number),
            (LOAD, 0, FAMILY),
            (SKIP_UNLESS_EQUAL, 3, AF_NETLINK),
            (LOAD, 0, PROTOCOL),
            (SKIP_UNLESS_EQUAL, 1, NETLINK_ROUTE),
            (RETURN, 0, FAIL),
            (RETURN, 0, ALLOW),
        ]
    )
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    program = Program(len(instructions) // 8, instructions)
    libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


if __name__ == "__main__":
    if platform.machine() in SOCKET:
        forbid_netlink(SOCKET[platform.machine()])
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 -- the program that the caller names
