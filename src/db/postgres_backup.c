// SPDX-License-Identifier: AGPL-3.0-or-later
// A copy of the site's schema by pg_dump, in its custom format: one snapshot, taken while the site is in use, which pg_restore
// reads. What the URL says, the password above all, goes to pg_dump by its environment, where other users do not see it.
#include "db/postgres_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// What the URL says, by the names that libpq knows it under, and of our own environment the rest.
static Status environment(Ctx *cx, const char *url, char ***ret)
{
	char *why = NULL;
	size_t most = 1, n = 0;
	PQconninfoOption *options = PQconninfoParse(url, &why);
	if (!options) {
		Status st = fail(cx, ST_INVALID, "the address of the database: %s", why ? why : "no memory");
		PQfreemem(why);
		return st;
	}
	for (const PQconninfoOption *o = options; o->keyword; o++) most++;
	for (char **v = environ; *v; v++) most++;
	char **env = ARENA_NEW(cx->arena, char *, most);
	for (const PQconninfoOption *o = options; o->keyword; o++)
		if (o->val && o->envvar) env[n++] = str_z(cx->arena, str_format(cx->arena, "%s=%s", o->envvar, o->val));
	size_t from_url = n;
	PQconninfoFree(options);
	for (char **v = environ; *v; v++) {
		bool given = false;
		size_t name = strcspn(*v, "=") + 1;
		for (size_t i = 0; i < from_url; i++) given |= strncmp(env[i], *v, name) == 0;
		if (!given) env[n++] = *v;
	}
	*ret = env;
	return ST_OK;
}

// pg_dump says itself, on stderr, what it did not like.
static Status dump(Ctx *cx, const PgStore *ps, int fd, char **env)
{
	Arena *a = cx->arena;
	char *schema = str_z(a, str_format(a, "--schema=%s", ps->schema));
	char *args[] = {str_z(a, S("pg_dump")), str_z(a, S("--format=custom")), ps->schema[0] ? schema : NULL, NULL};
	posix_spawn_file_actions_t actions;
	pid_t child = 0;
	int rc = posix_spawn_file_actions_init(&actions), status = 0;
	if (rc == 0) {
		rc = posix_spawn_file_actions_adddup2(&actions, fd, STDOUT_FILENO);
		if (rc == 0) rc = posix_spawnp(&child, "pg_dump", &actions, NULL, args, env);
		posix_spawn_file_actions_destroy(&actions);
	}
	if (rc == ENOENT) return fail(cx, ST_UNSUPPORTED, "pg_dump is not installed (package postgresql-client)");
	if (rc != 0) return fail(cx, ST_IO, "pg_dump: %s", strerror(rc));
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR) return fail(cx, ST_IO, "pg_dump: %s", strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return ST_OK;
	return fail(cx, ST_IO, "pg_dump ended with %s %d", WIFEXITED(status) ? "code" : "signal",
				WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

Status pg_backup(Ctx *cx, Store *s, Str path)
{
	char **env = NULL;
	const char *to = str_z(cx->arena, path);
	TRY(environment(cx, ((PgStore *)s)->url, &env));
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) return fail(cx, errno == EEXIST ? ST_CONFLICT : ST_IO, "%s: %s", to, strerror(errno));
	Status st = dump(cx, (PgStore *)s, fd, env);
	if (st == ST_OK && fsync(fd) != 0) st = fail(cx, ST_IO, "%s: %s", to, strerror(errno));
	close(fd);
	if (st != ST_OK) unlink(to); // half a copy is none
	return st;
}
