// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/sd_notify.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define STATE_MAX_BYTES ((size_t)4096)

void sd_notify_send(Str state)
{
	Str path = str_from(getenv("NOTIFY_SOCKET"));
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	if (path.n < 2 || path.n >= sizeof to.sun_path || state.n > STATE_MAX_BYTES) return;
	if (path.p[0] != '/' && path.p[0] != '@') return;
	memcpy(to.sun_path, path.p, path.n);
	if (to.sun_path[0] == '@') to.sun_path[0] = 0;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0) return;
	socklen_t n = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path.n);
	(void)!sendto(fd, state.p, state.n, MSG_NOSIGNAL, (const struct sockaddr *)&to, n);
	close(fd);
}
