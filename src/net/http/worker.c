// SPDX-License-Identifier: AGPL-3.0-or-later
// The bounded queue of jobs and the threads that call the application.
#include "net/http/internal.h"

#include <limits.h>
#include <time.h>

Status http_workers_init(Ctx *cx, HttpServer *s)
{
	Queue *q = &s->queue;
	if (pthread_mutex_init(&q->lock, NULL) || pthread_cond_init(&q->ready, NULL))
		return fail(cx, ST_INTERNAL, "cannot make the worker queue");
	q->cap = s->config.queue_max;
	s->workers = ARENA_NEW(s->arena, Worker, (size_t)s->config.workers);
	return ST_OK;
}

bool http_workers_push(HttpServer *s, Job *job)
{
	Queue *q = &s->queue;
	pthread_mutex_lock(&q->lock);
	bool ok = q->n < q->cap && !q->closed;
	if (ok) {
		job->next = NULL;
		*(q->n++ ? &q->last->next : &q->first) = job;
		q->last = job;
		http_count(&q->depth, 1);
	}
	bool wake = ok && q->waiting > 0;
	pthread_mutex_unlock(&q->lock);
	if (wake) pthread_cond_signal(&q->ready);
	return ok;
}

static Job *queue_take(Queue *q)
{
	Job *job = NULL;
	pthread_mutex_lock(&q->lock);
	while (!q->n && !q->closed) {
		q->waiting++;
		pthread_cond_wait(&q->ready, &q->lock);
		q->waiting--;
	}
	if (q->n) {
		job = q->first;
		q->first = job->next;
		q->n--;
		http_count(&q->depth, -1);
	}
	pthread_mutex_unlock(&q->lock);
	return job;
}

// To the front: its client has waited already. After the end of a stop there may be no worker left to take it.
static void job_repeat(Job *job)
{
	Queue *q = &job->loop->server->queue;
	job->again = job->pub.later = false;
	atomic_store_explicit(&job->holders, 2, memory_order_relaxed);
	pthread_mutex_lock(&q->lock);
	bool closed = q->closed;
	if (!closed) {
		job->next = q->first;
		if (!q->n++) q->last = job;
		q->first = job;
		http_count(&q->depth, 1);
		// Woken under the lock: once it is released the job may be answered and the server closed.
		if (q->waiting) pthread_cond_signal(&q->ready);
	}
	pthread_mutex_unlock(&q->lock);
	if (closed) http_job_deliver(job);
}

// The worker looks at `later` before it lets go of the job, and whoever lets go last acts: so http_job_done may
// come while `handle` still runs.
static void job_let_go(Job *job)
{
	if (atomic_fetch_sub_explicit(&job->holders, 1, memory_order_acq_rel) != 1) return;
	if (job->again) job_repeat(job);
	else http_job_deliver(job);
}

void http_job_done(HttpJob *job) { job_let_go((Job *)job); }

void http_job_again(HttpJob *job)
{
	((Job *)job)->again = true;
	job_let_go((Job *)job);
}

// The clock is asked once a job, since asking costs a call of the system: taking up the job counts as part of it.
static void add_cpu(Worker *w, const HttpJob *job)
{
	int64_t now_ns = time_thread_cpu_ns();
	if (job->cpu_ns) atomic_fetch_add_explicit(job->cpu_ns, now_ns - w->cpu_ns, memory_order_relaxed);
	w->cpu_ns = now_ns;
}

static void *worker_main(void *worker)
{
	Worker *w = worker;
	HttpServer *s = w->server;
	for (Job *job; (job = queue_take(&s->queue));) {
		// After a stop has run out of time nobody waits for the answer.
		bool dead = atomic_load(&s->stopping) && time_mono_ns() / 1000000 >= atomic_load(&s->stop_at_ms);
		if (!dead) s->app.handle(s->app.self, w->index, &job->pub);
		add_cpu(w, &job->pub);
		if (!job->pub.later) http_job_deliver(job);
		else job_let_go(job);
	}
	return NULL;
}

bool http_workers_start(HttpServer *s)
{
	pthread_attr_t attr;
	if (pthread_attr_init(&attr)) return false;
	bool ok = !pthread_attr_setstacksize(&attr, HTTP_WORKER_STACK_BYTES);
	for (int i = 0; ok && i < s->config.workers; i++) {
		s->workers[i].server = s;
		s->workers[i].index = i;
		ok = !pthread_create(&s->workers[i].thread, &attr, worker_main, &s->workers[i]);
		s->workers[i].started = ok;
	}
	pthread_attr_destroy(&attr);
	return ok;
}

void http_workers_close(HttpServer *s)
{
	pthread_mutex_lock(&s->queue.lock);
	s->queue.closed = true;
	pthread_mutex_unlock(&s->queue.lock);
	pthread_cond_broadcast(&s->queue.ready);
}

bool http_workers_join(HttpServer *s, Time until_ms)
{
	// By the wall clock: the sanitizers do not know pthread_clockjoin_np.
	Time at_ms = time_now() + i64_max(until_ms - time_mono_ns() / 1000000, 0);
	struct timespec until = {.tv_sec = at_ms / 1000, .tv_nsec = at_ms % 1000 * 1000000};
	bool all = true;
	for (int i = 0; i < s->config.workers; i++) {
		Worker *w = &s->workers[i];
		if (!w->started) continue;
		if (pthread_timedjoin_np(w->thread, NULL, &until)) {
			pthread_detach(w->thread);
			all = false;
		}
		w->started = false;
	}
	return all;
}
