// SPDX-License-Identifier: AGPL-3.0-or-later
// Tells systemd how the service is doing, without libsystemd: one datagram to the socket named by NOTIFY_SOCKET.
// Does nothing when the variable is absent, and never fails: nobody can do anything about it.
//
//   sd_notify_send(S("READY=1\nSTATUS=listening on 127.0.0.1:8080"));
//   sd_notify_send(S("STOPPING=1"));        sd_notify_send(S("WATCHDOG=1"));
//
// Names that begin with '@' are abstract sockets. Any thread; a state of more than 4 KiB is not sent.
#pragma once
#include "base/str.h"

void sd_notify_send(Str state);
