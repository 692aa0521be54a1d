// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/background.h"

#include "demo/demo.h"
#include "members/members.h"
#include "net/sd_notify.h"
#include "web/shell.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define DEMO_SEED 7
#define WORKERS 4
#define LOOPS 2
#define QUEUE_MAX 1024
#define CONNECTIONS_MAX 20000
#define PER_ADDRESS_MAX 20000
#define STOP_MS 4500

typedef struct Stopper {
	HttpServer *server;
	sigset_t set;
	int *signal_seen;
} Stopper;

static void *wait_for_signal(void *arg)
{
	Stopper *s = arg;
	int signal_number = 0;
	sigwait(&s->set, &signal_number);
	if (signal_number == SIGUSR2) return NULL; // the server ended by itself
	sd_notify_send(S("STOPPING=1"));
	http_server_stop(s->server, STOP_MS);
	return NULL;
}

static void raise_file_limit(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static bool on_loopback(Str listen)
{
	return str_starts(listen, S("127.")) || str_starts(listen, S("[::1]")) || str_starts(listen, S("localhost:"));
}

// systemd socket activation: descriptors are ours if LISTEN_PID says so (sd_listen_fds(3)).
static bool activated(void)
{
	int64_t pid, n;
	return str_int(str_from(getenv("LISTEN_PID")), 1, INT32_MAX, &pid) && pid == getpid() &&
		   str_int(str_from(getenv("LISTEN_FDS")), 1, 16, &n);
}

static HttpConfig http_config(const App *app)
{
	const Options *o = &app->options;
	Str listen = o->listen.n ? o->listen : S("127.0.0.1:8080");
	if (!o->listen.n && activated()) listen = S("fd:3");
	return (HttpConfig){
		.listen = listen,
		.loops = o->loops ? (int)o->loops : LOOPS,
		.workers = o->workers ? (int)o->workers : WORKERS,
		.queue_max = QUEUE_MAX,
		.connections_max = o->connections ? (int)o->connections : CONNECTIONS_MAX,
		.per_address_max = PER_ADDRESS_MAX,
		.tls_cert = o->tls_cert,
		.tls_key = o->tls_key,
	};
}

static Status run(App *app, HttpServer *server, const HttpConfig *config)
{
	Stopper stopper = {.server = server};
	sigemptyset(&stopper.set);
	sigaddset(&stopper.set, SIGTERM);
	sigaddset(&stopper.set, SIGINT);
	sigaddset(&stopper.set, SIGUSR2);
	pthread_t waiter;
	if (pthread_create(&waiter, NULL, wait_for_signal, &stopper) != 0)
		return fail(&app->cx, ST_INTERNAL, "no thread to wait for signals");
	Str host;
	size_t bracket;
	if (str_find_char(config->listen, ']', &bracket)) host = str_sub(config->listen, 0, bracket + 1);
	else str_cut(config->listen, ':', &host);
	if (str_eq(host, S("fd"))) host = S("the.socket.passed"); // by systemd: its unit says which address
	Str line = str_format(app->cx.arena, "listening on %s://%.*s:%d\n", config->tls_cert.n ? "https" : "http",
						  STR(host), http_server_port(server));
	ssize_t done = write(STDERR_FILENO, line.p, line.n);
	(void)done;
	sd_notify_send(S("READY=1"));
	Status st = http_server_run(server);
	pthread_kill(waiter, SIGUSR2);
	pthread_join(waiter, NULL);
	return st;
}

// Before any thread exists (a store has one), so that only the waiting thread sees them.
static void block_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGUSR2);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

Status verb_demo(App *app)
{
	block_signals();
	TRY(app_open(app, false));
	Status st = site_load(&app->cx, app->store, &app->site);
	if (st == ST_NOT_FOUND) {
		Str password;
		TRY(app_init_site(app, S("Aldervale Community"), str_none(), true, &password));
		TRY(demo_apply(&app->cx, app->store, DEMO_SEED));
		app_say("administrator: admin\none-time password: %.*s", STR(password));
		st = site_load(&app->cx, app->store, &app->site);
	}
	TRY(st);
	app->cx.site = &app->site;
	return verb_serve(app);
}

Status verb_serve(App *app)
{
	block_signals();
	raise_file_limit();
	if (!app->store) TRY(app_open(app, true));
	HttpConfig config = http_config(app);
	if (app->options.no_rate_limits && !on_loopback(config.listen))
		return fail(&app->cx, ST_INVALID, "--no-rate-limits is for loopback only");
	WebConfig web_config = {
		.site = &app->site,
		.features = app->feature_list,
		.features_n = app->features_n,
		.page_cache_bytes = (size_t)app->options.page_cache_mib << 20,
		.rate_limits = !app->options.no_rate_limits,
		.session_find = members_session_find,
		.token_find = members_token_find,
		.ids = &app->ids,
		.proxy = app->options.proxy,
		.error_page = web_error_page,
	};
	Web *web;
	TRY(web_open(&app->cx, &web_config, &web));
	HttpApp http = web_http_app(web);
	HttpServer *server = NULL;
	Background *background = NULL;
	app->site.observer = observer_new(app->cx.arena);
	Status st = http_server_open(&app->cx, &config, &http, &server);
	if (st == ST_OK) st = background_start(app, app->site.observer, &background);
	if (st == ST_OK) {
		web_attach(web, server);
		st = run(app, server, &config);
		background_stop(background);
	}
	if (server) http_server_close(server);
	// Writes still on their way finish before the web they report to is gone.
	store_close(app->store);
	app->store = NULL;
	web_close(web);
	observer_done(app->site.observer);
	return st;
}
