// SPDX-License-Identifier: AGPL-3.0-or-later
// Two batches: while the writer stores one, the other is filled. Rows refer to rows of batches before, so that after one
// failed none that follows may be stored.
#include "stackexchange/import_impl.h"

#include <errno.h>

#define BATCH_CAP_BYTES ((size_t)64 << 20) // SE_BATCH_BYTES is looked at after each row; this is never reached

static Status batch_write(Ctx *cx, Tx *tx, void *arg)
{
	SeBatch *b = arg;
	const SeBatch *failed = b->im->failed;
	if (failed && failed != b) return fail(cx, ST_IO, "the batch before failed"); // not when this one is tried again
	b->im->failed = b;
	b->written = (SeAccount){0};
	for (size_t i = 0; i < b->n; i++) {
		const SeItem *item = &b->items[i];
		SeOutcome outcome = SE_IMPORTED;
		TRY(item->write(cx, tx, b->im, item->row, &outcome));
		if (item->counted) se_account_count(&b->written, item->file, outcome);
	}
	b->im->failed = NULL;
	return ST_OK;
}

static void batch_stored(WriteOp *op, Status st)
{
	SeBatch *b = op->arg;
	b->status = st;
	if (st != ST_OK && !b->im->failed) b->im->failed = b; // it was the commit
	sem_post(&b->stored);
}

static void account_add(SeAccount *to, const SeAccount *from)
{
	for (size_t f = 0; f < SE_FILES_N; f++)
		for (size_t o = 0; o < SE_OUTCOMES_N; o++) to->rows[f][o] += from->rows[f][o];
}

// Makes the batch empty again, after what is in it has been stored.
static Status batch_wait(SeImport *im, SeBatch *b)
{
	if (b->under_way) {
		while (sem_wait(&b->stored) != 0 && errno == EINTR) continue;
		b->under_way = false;
		if (b->status != ST_OK) return fail(im->cx, b->status, "%.*s", STR(b->cx.fail_text));
		account_add(&im->account, &b->written);
		if (im->beside.from == b) se_beside_begin(im);
	}
	b->n = 0;
	arena_reset(b->cx.arena);
	return ST_OK;
}

static Status batch_submit(SeImport *im)
{
	SeBatch *b = se_batch(im);
	b->op = (WriteOp){.cx = &b->cx, .run = batch_write, .arg = b, .done = batch_stored};
	b->under_way = true;
	store_submit(im->store, &b->op);
	im->open = (im->open + 1) % SE_BATCHES;
	return batch_wait(im, se_batch(im));
}

static Status add(SeImport *im, SeItem item)
{
	SeBatch *b = se_batch(im);
	b->items[b->n++] = item;
	bool full = b->n == SE_BATCH_ROWS || arena_used_bytes(b->cx.arena) >= SE_BATCH_BYTES;
	return full ? batch_submit(im) : ST_OK;
}

Status se_add(SeImport *im, SeFile file, SeWriteFn write, const void *row)
{
	return add(im, (SeItem){.write = write, .row = row, .file = file, .counted = true});
}

Status se_add_uncounted(SeImport *im, SeWriteFn write, const void *row)
{
	return add(im, (SeItem){.write = write, .row = row});
}

Status se_flush(SeImport *im)
{
	if (se_batch(im)->n) TRY(batch_submit(im));
	for (size_t i = 0; i < SE_BATCHES; i++) TRY(batch_wait(im, im->batches[i]));
	return ST_OK;
}

Status se_batches_open(SeImport *im)
{
	for (size_t i = 0; i < SE_BATCHES; i++) {
		SeBatch *b = ARENA_NEW(im->maps, SeBatch, 1);
		b->im = im;
		b->cx = *im->cx;
		b->cx.arena = arena_new(BATCH_CAP_BYTES);
		b->cx.actor = NULL; // the program itself acts
		if (sem_init(&b->stored, 0, 0) != 0) return fail(im->cx, ST_INTERNAL, "no semaphore");
		im->batches[i] = b;
	}
	return ST_OK;
}

void se_batches_close(SeImport *im)
{
	for (size_t i = 0; i < SE_BATCHES && im->batches[i]; i++) {
		SeBatch *b = im->batches[i];
		while (b->under_way && sem_wait(&b->stored) != 0 && errno == EINTR) continue;
		sem_destroy(&b->stored);
		arena_free(b->cx.arena);
	}
}
