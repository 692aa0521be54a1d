// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/sd_notify.h"

#include "test.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

TEST(sd_notify_reaches_its_socket)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	char got[64] = {0};
	snprintf(at.sun_path, sizeof at.sun_path, "%s/notify", test_dir());
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
	setenv("NOTIFY_SOCKET", at.sun_path, 1);
	sd_notify_send(S("READY=1"));
	assert_int_equal(recv(fd, got, sizeof got, 0), 7);
	assert_string_equal(got, "READY=1");
	// Nobody to tell, or no such place: nothing happens.
	unsetenv("NOTIFY_SOCKET");
	sd_notify_send(S("READY=1"));
	setenv("NOTIFY_SOCKET", "relative", 1);
	sd_notify_send(S("READY=1"));
	setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
	sd_notify_send(S("READY=1"));
	unsetenv("NOTIFY_SOCKET");
	assert_int_equal(recv(fd, got, sizeof got, 0), -1);
	close(fd);
}
